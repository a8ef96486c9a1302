"""Installing the site as an app, the page without a connection, links shared by other apps."""
