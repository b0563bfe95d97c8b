package main

import (
	"sync"
	"time"

	"github.com/pion/webrtc/v4"

	"handrail/video/videotest"
)

// What everybody sends: sound of 20 ms a packet, and 15 pictures a second of two
// packets, about 300 kbit/s together.
const (
	audioEvery, audioSize = 20 * time.Millisecond, 80
	frameEvery, frameSize = time.Second / 15, 1100
	framePackets          = 2
	packetsASecond        = 50 + 15*framePackets
	sampleEvery           = 16 // of the packets, whose delay is noted
)

// meter counts what arrives.
type meter struct {
	mu           sync.Mutex
	packets      int
	delays       []time.Duration
	audio, video time.Time
}

func newMeter() *meter { return &meter{} }

func (m *meter) observe(kind webrtc.RTPCodecType, payload []byte) {
	age, stamped := videotest.Age(payload)
	if !stamped || age < 0 || age > time.Minute { // padding that a server sends
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.packets%sampleEvery == 0 {
		m.delays = append(m.delays, age)
	}
	m.packets++
	first := &m.audio
	if kind == webrtc.RTPCodecTypeVideo {
		first = &m.video
	}
	if first.IsZero() {
		*first = time.Now()
	}
}

func (m *meter) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.packets, m.delays = 0, nil
}

func (m *meter) read() (int, []time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.packets, m.delays
}

func (m *meter) firsts() (audio, video time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.audio, m.video
}
