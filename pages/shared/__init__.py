"""What pages share: who is here, the database, texts, the sitemap."""
