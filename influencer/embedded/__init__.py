"""PostgreSQL, Valkey and a mail sink out of wheels; the development inbox."""
