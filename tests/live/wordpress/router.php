<?php
/**
 * Sends what is no file to WordPress's front door, as the rewrite rules of a web server do.
 */
$asked = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$file  = $_SERVER['DOCUMENT_ROOT'] . $asked;
if ( '/' !== $asked && ! str_contains( $asked, '..' ) && is_file( $file ) ) {
	return false; // an image, or wp-comments-post.php and its kind: PHP serves it by itself
}
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
$_SERVER['SCRIPT_NAME']     = '/index.php';
$_SERVER['PHP_SELF']        = '/index.php';
unset( $_SERVER['PATH_INFO'] );
chdir( $_SERVER['DOCUMENT_ROOT'] );
require $_SERVER['SCRIPT_FILENAME'];
