"""The administrator's pages: state of the site, jobs, accounts, legal texts, getting back in."""
