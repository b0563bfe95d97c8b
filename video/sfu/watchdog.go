package sfu

import (
	"time"

	"github.com/pion/webrtc/v4"
)

// What counts as silence on a transport that is connected by name. A browser sends
// sound at least every 400 ms even in silence (Opus DTX), and reports about pictures
// every second or so. Those about sound come 2.5 to 7.5 seconds apart: Chromium
// takes half to one and a half of five (RFC 3550, section 6.2).
const (
	soundGap   = 1500 * time.Millisecond
	anyGap     = 8 * time.Second
	deviceGap  = 4 * time.Second
	stuckAfter = 4 * time.Second  // of pictures
	deafAfter  = 12 * time.Second // of sound
	stuckSent  = 40               // packets that must have gone out meanwhile
)

// alarm is what the watchdog found.
type alarm struct {
	member     string
	generation int
	state      State
	kind       Kind
}

// watchdog remembers what was told, so that each trouble is told once.
type watchdog struct {
	dead    bool
	devices map[Kind]bool
}

// look finds transports that are connected and silent. Three signs: nothing at all
// comes in; sound that was coming stopped at the same time as all
// else; what goes out is not reported as received.
func (m *Member) look(now time.Duration) []alarm {
	p := m.active
	var out []alarm
	if dead := p.silent(m, now) || p.unheard(now); dead != m.watch.dead {
		m.watch.dead = dead
		state := Connected
		if dead {
			state = Silent
			p.engine.repairs.Add(1)
		}
		out = append(out, alarm{m.ID, p.Generation, state, ""})
	}
	if m.watch.dead {
		return out
	}
	for _, k := range []Kind{KindAudio, KindVideo} {
		mute := m.sends[k] && m.sources[k].need.Load() >= 0 && now-max(m.sources[k].lastSeen(), p.opened) > deviceGap
		if mute != m.watch.devices[k] {
			if m.watch.devices == nil {
				m.watch.devices = map[Kind]bool{}
			}
			m.watch.devices[k] = mute
			state := Connected
			if mute {
				state = Silent
			}
			out = append(out, alarm{m.ID, p.Generation, state, k})
		}
	}
	return out
}

// silent tells whether nothing comes in any more.
func (p *Peer) silent(m *Member, now time.Duration) bool {
	last, sound := time.Duration(p.lastIn.Load()), time.Duration(0)
	for k, s := range m.sources {
		for _, l := range *s.layers.Load() {
			if l.peer == p {
				at := time.Duration(l.lastAt.Load())
				last = max(last, at)
				if k == KindAudio {
					sound = at
				}
			}
		}
	}
	if m.sends[KindAudio] && sound > 0 && now-last > soundGap {
		return true
	}
	return now-last > anyGap
}

// patience is how long reports about a seat may stay away.
func (s *Seat) patience() time.Duration {
	if s.kind == webrtc.RTPCodecTypeAudio {
		return deafAfter
	}
	return stuckAfter
}

// unheard tells whether a receiver that reports does not report what we send.
func (p *Peer) unheard(now time.Duration) bool {
	for _, s := range p.seats {
		s.mu.Lock()
		f := s.down
		stuck := f.at > 0 && s.source != nil && now-f.moved > s.patience() && s.packets-f.sentThen > stuckSent
		s.mu.Unlock()
		if stuck {
			return true
		}
	}
	return false
}
