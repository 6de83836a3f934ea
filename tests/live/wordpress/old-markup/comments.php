<?php
if ( post_password_required() ) {
	echo '<p class="nocomments">Ask the keeper for the password.</p>';
	return;
}
?>
<?php if ( have_comments() ) : ?>
	<h3 id="comments"><?php comments_number(); ?></h3>
	<ul class="commentlist"><?php wp_list_comments( array( 'type' => 'comment', 'style' => 'ul' ) ); ?></ul>
	<p class="pages"><?php paginate_comments_links(); ?></p>
	<ul class="pings"><?php wp_list_comments( array( 'type' => 'pings', 'style' => 'ul' ) ); ?></ul>
<?php endif; ?>
<?php if ( ! comments_open() ) : ?><p class="nocomments">The conversation has ended.</p><?php endif; ?>
<?php comment_form(); ?>
