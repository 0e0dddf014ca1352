"""Charts that state their finding. The only folder that knows Altair; one engine for the screen and for documents."""
