<?php
/**
 * Fills the blog with what content.json tells; each post gets the same number and date every time.
 */

function live_sow( $content ) {
	wp_set_current_user( 1 );
	kses_remove_filters();
	foreach ( get_posts( array( 'post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1 ) ) as $old ) {
		wp_delete_post( $old->ID, true );
	}
	foreach ( $content['options'] as $name => $value ) {
		update_option( $name, $value );
	}
	$GLOBALS['wp_rewrite']->init();
	$GLOBALS['wp_rewrite']->flush_rules();
	wp_update_user( array( 'ID' => 1, 'display_name' => $content['keeper'] ) );
	$reader = wp_insert_user(
		array(
			'user_login'   => 'maelle',
			'user_pass'    => 'maelle-password',
			'user_email'   => 'maelle@readers.example',
			'display_name' => 'Maëlle Riou',
			'role'         => 'subscriber',
		)
	);
	$sown = array( 'posts' => array(), 'comments' => array(), 'passwords' => array() );
	foreach ( array( 'keeper' => 1, 'maelle' => $reader ) as $login => $user ) {
		list( $word ) = WP_Application_Passwords::create_new_application_password( $user, array( 'name' => 'reader' ) );
		$sown['passwords'][ $login ] = $word;
	}
	foreach ( $content['posts'] as $post ) {
		$id = live_post( $post );
		$sown['posts'][ $post['key'] ] = array( 'id' => $id, 'url' => get_permalink( $id ), 'title' => get_post( $id )->post_title );
		$sown['comments'] += live_talk( $id, $post );
	}
	return $sown;
}

function live_post( $post ) {
	$id = wp_insert_post(
		wp_slash(
			array(
				'post_title'     => $post['title'],
				'post_name'      => $post['key'],
				'post_content'   => implode( "\n\n", $post['body'] ),
				'post_status'    => $post['status'] ?? 'publish',
				'post_password'  => $post['password'] ?? '',
				'post_author'    => 1,
				'post_date'      => get_date_from_gmt( $post['at'] ),
				'post_date_gmt'  => $post['at'],
				'comment_status' => $post['comments_are'] ?? 'open',
				'ping_status'    => 'open',
			)
		),
		true
	);
	foreach ( $post['marks'] ?? array() as $mark ) {
		update_post_meta( $id, "live_$mark", 1 );
	}
	$GLOBALS['wpdb']->update( $GLOBALS['wpdb']->posts, array( 'guid' => home_url( "/?p=$id" ) ), array( 'ID' => $id ) );
	clean_post_cache( $id );
	return $id;
}

/** The post's comments as told, each with the key under which the tests know it. */
function live_talk( $post_id, $post ) {
	$known  = array();
	$minute = 0;
	foreach ( array_merge( $post['comments'] ?? array(), live_crowd( $post['crowd'] ?? null ) ) as $comment ) {
		$minute += 7;
		$known[ $comment['key'] ] = live_comment(
			array(
				'post'   => $post_id,
				'parent' => isset( $comment['to'] ) ? $known[ $comment['to'] ] : 0,
				'at'     => gmdate( 'Y-m-d H:i:s', strtotime( $post['at'] . ' UTC' ) + 60 * $minute ),
			) + $comment
		);
	}
	return $known;
}

/**
 * A long conversation: every fifth thread goes five levels deep, others have one answer or none.
 */
function live_crowd( $crowd ) {
	$talk = array();
	for ( $thread = 1; $crowd && $thread <= $crowd['threads']; $thread++ ) {
		$depth  = 0 === $thread % 5 ? 5 : ( $thread % 5 <= 3 ? 2 : 1 );
		$before = null;
		for ( $level = 1; $level <= $depth; $level++ ) {
			$key    = "{$crowd['key']}-$thread-$level";
			$lines  = $crowd['lines'];
			$talk[] = array_filter(
				array(
					'key'    => $key,
					'to'     => $before,
					'author' => $crowd['people'][ ( $thread + $level ) % count( $crowd['people'] ) ],
					'text'   => sprintf( $lines[ ( $thread * 3 + $level ) % count( $lines ) ], $thread, $level ),
				)
			);
			$before = $key;
		}
	}
	return $talk;
}
