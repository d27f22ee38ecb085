-- A hash of each text, so that a change to it that nobody made is noticed.

ALTER TABLE texts ADD COLUMN sha256 TEXT NOT NULL DEFAULT ''; -- lower-case hexadecimal, of plain, blocks, spans and provenance: textHash in texthash.go
UPDATE texts SET sha256 = text_sha256(plain, blocks, spans, provenance);
