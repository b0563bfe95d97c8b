package video

import (
	"runtime"
	"sync/atomic"

	"handrail/video/sfu"
)

type metrics struct {
	tickets, joins, resumes, refused atomic.Uint64
}

// Metrics are the server's figures for an operator. They hold no ids.
type Metrics struct {
	Rooms, People, Connections int
	Tickets, Joins, Resumes    uint64 // since the start
	Refused                    uint64
	Goroutines                 int
	Media                      sfu.Figures
}

// Metrics reads the figures.
func (s *Server) Metrics() Metrics {
	m := Metrics{Tickets: s.metrics.tickets.Load(), Joins: s.metrics.joins.Load(), Resumes: s.metrics.resumes.Load(),
		Refused: s.metrics.refused.Load(), Goroutines: runtime.NumGoroutine(), Media: s.config.Engine.Figures()}
	s.mu.Lock()
	var rooms []*visitRoom
	for _, r := range s.rooms {
		rooms = append(rooms, r)
	}
	s.mu.Unlock()
	for _, r := range rooms {
		r.mu.Lock()
		m.Rooms++
		m.People += len(r.sessions)
		for _, sess := range r.sessions {
			if sess.link != nil {
				m.Connections++
			}
		}
		r.mu.Unlock()
	}
	return m
}
