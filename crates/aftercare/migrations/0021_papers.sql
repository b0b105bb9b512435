-- A printed service order carries the digest of what was shown: the page behind its code finds it by that alone.
CREATE INDEX shown_document_sha256 ON shown_document (sha256);
