package main

import (
	"io/fs"
	"time"

	"handrail/models"
	"handrail/web"
)

// goAhead sets the clock of the whole demo, by the machine's clock and a difference:
// so it goes on as a clock does, over a restart as well. It is of the demo alone and
// for tests; serve has no flag for it.
func (s *settings) goAhead(by time.Duration) {
	if by == 0 {
		return
	}
	s.now, s.ahead = clockAhead(s.now, by), by
}

func clockAhead(of models.Clock, by time.Duration) models.Clock {
	return func() time.Time { return of().Add(by) }
}

// page is the client with a worker that has the program's clock.
func (s settings) page() fs.FS {
	if s.ahead == 0 {
		return web.Files()
	}
	return web.FilesAhead(s.ahead, s.pages)
}
