<?php
/**
 * The tests' WordPress: a database on a socket, no e-mail, no way out of this machine.
 */
$live = json_decode( file_get_contents( __DIR__ . '/live.json' ), true );

define( 'DB_NAME', 'lighthouse' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:' . $live['socket'] );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HOME', $live['url'] );
define( 'WP_SITEURL', $live['url'] );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $door ) {
	define( "{$door}_KEY", "{$door} key of a blog that lives for a minute" );
	define( "{$door}_SALT", "{$door} salt of a blog that lives for a minute" );
}
define( 'WP_ENVIRONMENT_TYPE', 'local' ); // application passwords without TLS
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_POST_REVISIONS', false );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISALLOW_FILE_MODS', true );
define( 'WP_DEBUG', false );
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
