"""What holds of the whole: the code, the documents, the catalogs, the records that ship."""
