package sfu

import (
	"time"

	"github.com/pion/rtcp"
)

// reportEvery is how often reports go out and estimates move.
const reportEvery = time.Second

// connectWithin is how long an offered transport may take to connect.
const connectWithin = 20 * time.Second

// tick looks after all streams of the room once.
func (r *Room) tick(now time.Duration) {
	r.mu.Lock()
	if r.ticked > 0 {
		r.late = max(now-r.ticked-beat, r.late*15/16)
	}
	r.ticked = now
	var seats, late []string
	var stale []*Peer
	var alarms []alarm
	for id, m := range r.members {
		if m.next != nil && now-m.next.opened > connectWithin {
			stale, m.next = append(stale, m.next), nil
		}
		if m.active == nil {
			continue
		}
		m.active.pictures(now)
		if m.active.dueReport(now) {
			m.report(now, r.late)
			if r.plan(m, now) {
				seats = append(seats, id)
			}
		}
		alarms = append(alarms, m.look(now)...)
	}
	late = r.needs(now)
	r.mu.Unlock()
	for _, p := range stale {
		p.close()
	}
	r.tell(seats, late)
	for _, a := range alarms {
		if r.events.Media != nil {
			r.events.Media(a.member, a.generation, a.state, a.kind)
		}
	}
}

// pictures asks for the key frames that are still wanted: those that were held back,
// and those of seats that wait for a layer.
func (p *Peer) pictures(now time.Duration) {
	for _, s := range p.seats {
		if s.kind == audioType {
			continue
		}
		s.mu.Lock()
		source, want, current := s.source, s.want, s.current
		s.mu.Unlock()
		if source == nil || want < 0 {
			continue
		}
		if l := source.pick(want, now); l != nil && l != current {
			l.askKey(now)
		}
	}
	for kind, source := range p.member.sources {
		if kind == KindAudio {
			continue
		}
		for _, l := range *source.layers.Load() {
			l.mu.Lock()
			send := l.keys.due(now) && source.watched(now)
			l.mu.Unlock()
			if send {
				l.peer.send(&rtcp.PictureLossIndication{MediaSSRC: l.ssrc})
			}
		}
	}
}

func (p *Peer) dueReport(now time.Duration) bool {
	if now-p.reported < reportEvery {
		return false
	}
	p.interval, p.reported = now-p.reported, now
	return true
}

// report sends sender and receiver reports and moves both estimates.
func (m *Member) report(now, late time.Duration) {
	p := m.active
	dt := p.interval
	var out []rtcp.Packet
	o := seen{late: late, busy: m.busyReceives}
	for _, s := range p.seats {
		if sr := s.close(dt, now, &o); sr != nil {
			out = append(out, sr)
		}
	}
	m.down.update(o, now)
	out = append(out, m.receptions(dt, now)...)
	if len(out) > 0 {
		p.send(out...)
	}
}

// close ends a seat's interval: its rate, its part of what was observed, and the
// sender report that tells its receiver the time.
func (s *Seat) close(dt, now time.Duration, o *seen) rtcp.Packet {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.close(dt)
	o.sent += s.out.bps
	if fresh := now-s.down.at < 2*reportEvery && s.down.at > 0; fresh && s.source != nil {
		o.heard(s.kind == audioType, s.down.loss, s.packets-s.counted)
		o.rtt = max(o.rtt, s.down.rtt)
	}
	s.counted = s.packets
	_, ts, ok := s.splice.Last(now)
	if !ok || s.writer == nil {
		return nil
	}
	return &rtcp.SenderReport{SSRC: s.header.SSRC, NTPTime: ntpTime(now), RTPTime: ts,
		PacketCount: uint32(s.packets), OctetCount: uint32(s.bytes)}
}

// heard takes the loss of one seat. That of sound counts only while no picture is
// sent, and of a few packets not at all: one lost of ten says little.
func (o *seen) heard(sound bool, loss float64, packets uint64) {
	switch {
	case packets < 15 || sound && o.picture:
	case !sound && !o.picture:
		o.picture, o.loss = true, loss
	default:
		o.loss = max(o.loss, loss)
	}
}

// receptions are the reports about what a member sends, with the cap on it.
func (m *Member) receptions(dt, now time.Duration) []rtcp.Packet {
	var out []rtcp.Packet
	var ssrcs []uint32
	worst := 0.0
	rr := &rtcp.ReceiverReport{}
	for _, k := range []Kind{KindAudio, KindVideo, KindScreen} {
		for _, l := range *m.sources[k].layers.Load() {
			if l.peer != m.active {
				continue
			}
			block, loss, ok := l.reception(dt, now)
			if !ok {
				continue
			}
			rr.Reports = append(rr.Reports, block)
			ssrcs = append(ssrcs, l.ssrc)
			if k != KindAudio {
				worst = max(worst, loss)
			}
		}
	}
	if len(rr.Reports) == 0 {
		return nil
	}
	rr.SSRC = 1
	return append(out, rr, &rtcp.ReceiverEstimatedMaximumBitrate{SenderSSRC: 1, Bitrate: float32(m.up.update(worst)), SSRCs: ssrcs})
}

func (l *Layer) reception(dt, now time.Duration) (rtcp.ReceptionReport, float64, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bits.bytes = l.bytes - l.counted
	l.counted = l.bytes
	l.bits.close(dt)
	a, ok := l.arrival.Report()
	if !ok {
		return rtcp.ReceptionReport{}, 0, false
	}
	l.loss = a.Fraction
	r := rtcp.ReceptionReport{SSRC: l.ssrc, FractionLost: uint8(min(255, a.Fraction*256)), TotalLost: a.Lost & 0xffffff,
		LastSequenceNumber: a.Highest, Jitter: a.Jitter, LastSenderReport: l.sr.ntp}
	if l.sr.at > 0 {
		r.Delay = ntpMiddle(now - l.sr.at)
	}
	return r, a.Fraction, true
}
