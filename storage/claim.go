package storage

import "rejoinder/app"

const claimColumns = "id, text, coalesce(merged_into, ''), created, modified, trashed"

func scanClaim(row scanner) (c app.Claim, err error) {
	err = row.Scan(&c.ID, &c.Text, &c.MergedInto, moment{&c.Created}, moment{&c.Modified}, moment{&c.Trashed})
	return c, err
}

// Claim implements app.Reader.
func (r *reader) Claim(id app.ClaimID) (app.Claim, error) {
	return one(r, app.KindClaim, scanClaim, "SELECT "+claimColumns+" FROM claims WHERE id = ?", string(id))
}

// Claims implements app.Reader.
func (r *reader) Claims() ([]app.Claim, error) {
	return list(r, scanClaim, "SELECT "+claimColumns+
		" FROM claims WHERE trashed IS NULL AND merged_into IS NULL ORDER BY id")
}

// ClaimsUsed implements app.Reader. It looks at the newest of each only: a claim
// is used again and again.
func (r *reader) ClaimsUsed(limit int) ([]app.Claim, error) {
	const newest = " WHERE trashed IS NULL ORDER BY id DESC LIMIT ?1 * 10)"
	return list(r, scanClaim, `WITH uses (claim, at) AS (
			SELECT * FROM (SELECT id, created FROM claims`+newest+` UNION ALL
			SELECT * FROM (SELECT claim, created FROM statements`+newest+` UNION ALL
			SELECT * FROM (SELECT from_claim, created FROM relations`+newest+` UNION ALL
			SELECT * FROM (SELECT to_claim, created FROM relations`+newest+`),
		last (claim, at) AS (SELECT claim, max(at) FROM uses GROUP BY claim)
		SELECT `+claimColumns+` FROM last CROSS JOIN claims ON id = last.claim
		WHERE trashed IS NULL AND merged_into IS NULL ORDER BY last.at DESC, id DESC LIMIT ?1`, limit)
}

// PutClaim implements app.Tx.
func (t *tx) PutClaim(c app.Claim) error {
	return t.put("claims", string(c.ID), c.Created,
		column{"text", c.Text}, column{"merged_into", reference(c.MergedInto)})
}
