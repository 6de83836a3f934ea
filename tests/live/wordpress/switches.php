<?php
/**
 * What the tests turn on and off, each by an option of the same name; a must-use plugin.
 *
 * live_flood      the check that lets one address write once in 15 seconds (WordPress has it on)
 * live_spam       every comment is taken for spam, with an answer like success
 * live_honeypot   the text field has another name, and a hidden field has its old one
 * live_api_off    the API answers nobody who is not logged in
 * live_crash      the comment is stored, and then the server fails: "before" or "after" storing it
 */

add_filter( 'pre_wp_mail', '__return_true' );
add_filter( 'pre_http_request', fn() => new WP_Error( 'live', 'the tests stay on this machine' ), 99 );
add_filter( 'xmlrpc_enabled', '__return_false' );

add_filter( 'comment_flood_filter', fn( $too_fast ) => get_option( 'live_flood' ) ? $too_fast : false, 99 );

add_filter(
	'pre_comment_approved',
	function ( $status, $comment ) {
		if ( get_option( 'live_spam' ) ) {
			return 'spam';
		}
		return get_post_meta( $comment['comment_post_ID'], 'live_hold', true ) ? 0 : $status;
	},
	99,
	2
);

// One post for the crew alone: WordPress knows only all posts or none.
add_filter(
	'pre_option_comment_registration',
	function ( $answer ) {
		$post = (int) ( $_POST['comment_post_ID'] ?? ( did_action( 'wp' ) ? get_queried_object_id() : 0 ) );
		return $post && get_post_meta( $post, 'live_crew', true ) ? '1' : $answer;
	}
);

add_filter(
	'rest_authentication_errors',
	function ( $answer ) {
		if ( get_option( 'live_api_off' ) && ! is_user_logged_in() ) {
			return new WP_Error( 'api_is_off', 'This blog keeps its API to itself.', array( 'status' => 401 ) );
		}
		return $answer;
	},
	200
);

// The field that people see is called after the moon; "comment" is for those who read no page.
if ( get_option( 'live_honeypot' ) ) {
	add_filter(
		'comment_form_field_comment',
		fn( $field ) => str_replace( 'name="comment"', 'name="moon_phase_7"', $field )
			. '<div style="clip: rect(0 0 0 0); position: absolute"><textarea name="comment" aria-hidden="true"></textarea></div>'
	);
	if ( isset( $_POST['comment_post_ID'] ) ) {
		if ( '' !== (string) ( $_POST['comment'] ?? '' ) ) {
			add_filter( 'pre_comment_approved', fn() => 'spam', 100 );
		}
		$_POST['comment'] = $_POST['moon_phase_7'] ?? $_POST['comment'] ?? '';
	}
}

function live_crash( $when ) {
	if ( get_option( 'live_crash' ) === $when ) {
		status_header( 502 );
		header( 'Content-Type: text/html' );
		exit( '<html><title>Bad Gateway</title><h1>502 Bad Gateway</h1></html>' );
	}
}
add_action( 'pre_comment_on_post', fn() => live_crash( 'before' ) );
add_action( 'comment_post', fn() => live_crash( 'after' ) );
