-- Files that are off the record and whose bytes may still be on the disk: somebody held them just then, or the program was killed in
-- between. The next purge goes on with them; one that was recorded again meanwhile stays.
CREATE TABLE file_leaving (
  sha256 TEXT PRIMARY KEY
);
