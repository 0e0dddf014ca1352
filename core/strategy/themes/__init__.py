"""Strategic themes: what the accepted findings amount to, how the themes carry each other, and how the branch makes them its own."""
