"""Tables people bring: guards, the process that reads them, one reader of values, one finder of tables."""
