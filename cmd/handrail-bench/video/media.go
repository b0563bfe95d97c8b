package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
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
	markedEvery           = 32 // frames, of which one is longer by a number that is its sender's: see wire
	mostPeople            = 128
)

// flow is what one person sends of one kind, packet by packet.
type flow struct {
	clock         uint32
	every         time.Duration
	packets, size int // packets of a frame, bytes of each
	extra         int // bytes by which its marked frames are longer
	key           atomic.Bool
}

// of makes it that of somebody's sound or pictures.
func (f *flow) of(sound bool, person string) {
	if _, err := fmt.Sscanf(person, "person-%d", &f.extra); err == nil {
		f.extra++
	}
	if sound {
		f.clock, f.every, f.packets, f.size = 48000, audioEvery, 1, audioSize
	} else {
		f.clock, f.every, f.packets, f.size = 90000, frameEvery, framePackets, frameSize
	}
	f.key.Store(true)
}

// asked notes a request for a key frame.
func (f *flow) asked(p rtcp.Packet) {
	switch p.(type) {
	case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
		f.key.Store(true)
	}
}

// frames tells when each frame is to be made, and how long its packets are, until it is stopped.
func (f *flow) frames(stop <-chan struct{}, make func(size int)) {
	b, err := newBeat(f.every, f.extra)
	if err != nil {
		panic(err) // no descriptors are left
	}
	defer b.Close()
	go func() {
		<-stop
		_ = b.Close()
	}()
	for n := f.extra; b.wait(); n++ {
		if n%markedEvery == 0 {
			make(f.size + f.extra)
		} else {
			make(f.size)
		}
	}
}

// pump makes packets until it is stopped.
func (f *flow) pump(stop <-chan struct{}, write func(*rtp.Packet)) {
	var seq, picture uint16
	var ts uint32
	f.frames(stop, func(size int) {
		ts += uint32(int64(f.every) * int64(f.clock) / int64(time.Second))
		picture++
		key := f.key.Swap(false)
		for i := range f.packets {
			seq++
			payload := videotest.Payload(f.clock == 48000, picture, i == 0, key, size)
			write(&rtp.Packet{Header: rtp.Header{Version: 2, SequenceNumber: seq, Timestamp: ts, Marker: i == f.packets-1}, Payload: payload})
		}
	})
}

// meter counts what arrives.
type meter struct {
	mu           sync.Mutex
	packets      int
	delays       []time.Duration
	audio, video time.Time
	marks        []mark
}

// mark is when something of a join was there.
type mark struct {
	name string
	at   time.Time
}

// mark notes that something is there.
func (m *meter) mark(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.marks = append(m.marks, mark{name, time.Now()})
}

// steps are the marks in their order, as times after the start.
func (m *meter) steps(began time.Time) (out []step) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range m.marks {
		out = append(out, step{k.name, k.at.Sub(began)})
	}
	return out
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
