"""What a document is made of: lines, tables, headings, lists, and the rows that they hold."""
