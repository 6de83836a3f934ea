<?php
/**
 * The tests' hand on the blog: php control.php SITE, a JSON order on standard input, a JSON answer on output.
 */
$site  = $argv[1];
$order = json_decode( stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );
$live  = json_decode( file_get_contents( "$site/live.json" ), true );

$_SERVER['HTTP_HOST']      = parse_url( $live['url'], PHP_URL_HOST ) . ':' . parse_url( $live['url'], PHP_URL_PORT );
$_SERVER['SERVER_NAME']    = '127.0.0.1';
$_SERVER['REMOTE_ADDR']    = '127.0.0.1';
$_SERVER['REQUEST_URI']    = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';

if ( 'install' === $order['do'] ) {
	$database = new mysqli( 'localhost', 'root', '', '', 0, $live['socket'] );
	$database->query( 'CREATE DATABASE lighthouse CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci' );
	$database->close();
	define( 'WP_INSTALLING', true );
}
require "$site/wp-load.php";

function live_install( $order ) {
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( $order['title'], 'keeper', 'keeper@lighthouse.example', true, '', 'keeper-password' );
}

function live_option( $order ) {
	update_option( $order['name'], $order['value'] );
	if ( 'permalink_structure' === $order['name'] ) {
		$GLOBALS['wp_rewrite']->init();
		$GLOBALS['wp_rewrite']->flush_rules();
	}
}

function live_theme( $order ) {
	switch_theme( $order['name'] );
	return get_stylesheet();
}

function live_comment( $order ) {
	$gmt = $order['at'] ?? gmdate( 'Y-m-d H:i:s' );
	return (int) wp_insert_comment(
		wp_slash(
			array(
				'comment_post_ID'      => $order['post'],
				'comment_parent'       => $order['parent'] ?? 0,
				'comment_author'       => $order['author'],
				'comment_author_email' => $order['email'] ?? sanitize_title( $order['author'] ) . '@readers.example',
				'comment_author_url'   => $order['site'] ?? '',
				'comment_content'      => $order['text'],
				'comment_type'         => $order['type'] ?? 'comment',
				'comment_approved'     => $order['approved'] ?? 1,
				'comment_date'         => get_date_from_gmt( $gmt ),
				'comment_date_gmt'     => $gmt,
				'comment_author_IP'    => '192.0.2.44',
				'comment_agent'        => 'the seed',
			)
		)
	);
}

function live_status( $order ) {
	if ( 'trash' === $order['status'] ) {
		return wp_trash_comment( $order['id'] );
	}
	return wp_set_comment_status( $order['id'], $order['status'] );
}

/** Every comment of a post, spam and bin too. */
function live_rows( $order ) {
	global $wpdb;
	$rows = "SELECT * FROM $wpdb->comments WHERE comment_post_ID = %d ORDER BY comment_ID";
	return $wpdb->get_results( $wpdb->prepare( $rows, $order['post'] ) );
}

function live_php( $order ) {
	$args = $order['args'];
	return eval( $order['code'] );
}

/** Copies every table beside itself, or puts the copies back. */
function live_tables( $order ) {
	global $wpdb;
	foreach ( $wpdb->get_col( "SHOW TABLES LIKE 'wp\\_%'" ) as $table ) {
		$kept = 'kept_' . substr( $table, 3 );
		if ( 'keep' === $order['what'] ) {
			$wpdb->query( "CREATE TABLE $kept LIKE $table" );
			$wpdb->query( "INSERT INTO $kept SELECT * FROM $table" );
		} else {
			$wpdb->query( "DELETE FROM $table" );
			$wpdb->query( "INSERT INTO $table SELECT * FROM $kept" );
		}
	}
}

function live_seed( $order ) {
	require __DIR__ . '/seed.php';
	return live_sow( $order['content'] );
}

echo json_encode( ( 'live_' . $order['do'] )( $order ), JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE );
