<?php
// no add_theme_support( 'html5' ): WordPress then writes its oldest markup
add_theme_support( 'automatic-feed-links' );
