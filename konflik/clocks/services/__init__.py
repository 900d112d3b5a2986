"""Writers of deadlines. Only `konflik.acts` calls them: each change hangs on a line of the journal."""
