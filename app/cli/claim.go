package cli

import (
	"fmt"

	"rejoinder/app"
)

type claimCmd struct {
	Add   claimAddCmd   `cmd:"" help:"Add a claim."`
	Edit  claimEditCmd  `cmd:"" help:"Reword a claim."`
	Merge claimMergeCmd `cmd:"" help:"Make several claims one."`
	Split claimSplitCmd `cmd:"" help:"Take a merge back, however long ago it was."`
}

type claimAddCmd struct {
	Text string `arg:"" help:"The claim: one proposition, in your words."`
}

// Run adds a claim.
func (c claimAddCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		if err := s.tellDoubles(nb, c.Text); err != nil {
			return err
		}
		claim, err := nb.AddClaim(s.ctx, c.Text)
		if err == nil {
			s.row(made{string(claim.ID)}, "%s", claim.ID)
		}
		return err
	})
}

// tellDoubles says which claims read like those that are about to be made.
func (s *session) tellDoubles(nb *app.Notebook, texts ...string) error {
	for _, text := range texts {
		doubles, err := nb.Doubles(s.ctx, text)
		if err != nil {
			return err
		}
		for _, c := range doubles {
			_, _ = fmt.Fprintf(s.err, "“%s” reads like “%s” (%s)\n", text, c.Text, c.ID)
		}
	}
	return nil
}

type claimEditCmd struct {
	Claim string `arg:"" help:"The claim (id or words)."`
	Text  string `arg:"" help:"Its new words."`
}

// Run rewords a claim.
func (c claimEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		id, err := nb.ClaimID(s.ctx, c.Claim)
		if err != nil {
			return err
		}
		claim, err := nb.EditClaim(s.ctx, id, c.Text)
		if err == nil {
			s.row(claimRow{claim.ID, claim.Text}, "%s", claim.ID)
		}
		return err
	})
}

type claimMergeCmd struct {
	Keep   string   `arg:"" help:"The claim (id or words) that stays."`
	Others []string `arg:"" help:"Those that become it."`
	DryRun bool     `help:"Only say what would change."`
}

// Run merges claims.
func (c claimMergeCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		if c.DryRun {
			p, err := nb.PreviewClaimMerge(s.ctx, c.Keep, c.Others...)
			s.preview(p, err)
			return err
		}
		claim, err := nb.MergeClaims(s.ctx, c.Keep, c.Others...)
		if err == nil {
			s.row(claimRow{claim.ID, claim.Text}, "%s", claim.ID)
		}
		return err
	})
}

type claimSplitCmd struct {
	Merged string `arg:"" optional:"" help:"The claim (id or words) that was merged away, or the one that it became; without it all that can be split are listed."`
}

// Run splits a merged claim off again, or lists those that can be.
func (c claimSplitCmd) Run(s *session) error { return s.split(app.KindClaim, c.Merged) }
