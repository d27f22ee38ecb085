//go:build nogui

package main

import (
	"context"

	"rejoinder/app"
)

func openWindow(context.Context, string) error {
	return app.Problem(app.ErrInvalid, "this build of Rejoinder has no window: name a verb, or see rejoinder --help")
}
