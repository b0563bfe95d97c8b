package quality

import "time"

// Sample is what one second of a connection looked like.
type Sample struct {
	At                   time.Time
	RTT                  time.Duration
	UpBps, DownBps       float64
	UpLoss, DownLoss     float64 // 0..1
	UpJitter, DownJitter time.Duration
	Path                 string // udp, tcp
	Connected            bool   // media flows
	Silent               bool   // connected and nothing comes out of the device
	Busy                 bool   // the page says that its processor is too slow for the pictures
}

// Client is what only the page can see, added up.
type Client struct {
	Freezes   int
	Frozen    time.Duration
	Concealed time.Duration // sound that was invented
	Path      string        // udp, tcp, relay; the server can't see a relay
}

// Cause says what was the main trouble.
type Cause string

// The causes.
const (
	Good     Cause = ""
	Uplink   Cause = "uplink"   // from the person to the server
	Downlink Cause = "downlink" // from the server to the person
	Both     Cause = "both"
	Delay    Cause = "delay"
	Device   Cause = "device" // microphone or camera gave nothing
	// Processor: the person's device was too busy for the pictures, and lost nothing
	// on the way.
	Processor Cause = "processor"
	Absent    Cause = "no-connection"
)

// Report is one person's visit in numbers. It is kept with the visit and holds
// nothing of what was said or shown.
type Report struct {
	PersonID     string    `json:"personId"`
	From         time.Time `json:"from"`
	Until        time.Time `json:"until"`
	ConnectedSec int       `json:"connectedSeconds"`
	GapSec       int       `json:"gapSeconds"` // without media between first and last
	UpKbps       float64   `json:"upKbps"`
	DownKbps     float64   `json:"downKbps"`
	UpLoss       float64   `json:"upLoss"`
	DownLoss     float64   `json:"downLoss"`
	JitterMs     float64   `json:"jitterMs"`
	RTTMs        float64   `json:"rttMs"`
	Freezes      int       `json:"freezes"`
	FrozenMs     int       `json:"frozenMs"`
	ConcealedMs  int       `json:"concealedMs"`
	MOS          float64   `json:"mos"`
	WorstMinute  float64   `json:"worstMinuteMos"`
	Path         string    `json:"path"`
	BusySec      int       `json:"busySeconds"` // with a processor too slow for the pictures
	Cause        Cause     `json:"cause,omitempty"`
	Waiting      bool      `json:"waiting,omitempty"` // of the waiting room, while the visit runs
}

// Collector adds up one person's samples. Its memory does not grow with time. It is
// not safe for use by several goroutines.
type Collector struct {
	person                    string
	from, until               time.Time
	connected, gaps, measured int
	busy                      int
	sum                       Sample
	rtt, jitter               time.Duration
	mos, worst                float64
	minute                    float64
	minuteN                   int
	causes                    map[Cause]int
	client                    Client
	last                      float64
	lastCause                 Cause
}

// NewCollector starts a person's report.
func NewCollector(person string) *Collector {
	return &Collector{person: person, causes: map[Cause]int{}, worst: 4.5}
}

// Add takes one second.
func (c *Collector) Add(s Sample) {
	if c.from.IsZero() {
		if !s.Connected {
			return // not there yet
		}
		c.from = s.At
	}
	c.until = s.At
	if !s.Connected {
		c.gaps++
		c.score(1, Absent)
		return
	}
	c.connected++
	if s.Busy {
		c.busy++
	}
	c.sum.UpBps += s.UpBps
	c.sum.DownBps += s.DownBps
	c.sum.UpLoss += s.UpLoss
	c.sum.DownLoss += s.DownLoss
	c.rtt += s.RTT
	c.jitter += max(s.UpJitter, s.DownJitter)
	c.sum.Path = s.Path
	c.score(MOS(s.RTT, max(s.UpJitter, s.DownJitter), max(s.UpLoss, s.DownLoss)), CauseOf(s))
}

func (c *Collector) score(mos float64, cause Cause) {
	c.last, c.lastCause = mos, cause
	c.mos += mos
	c.measured++
	c.causes[cause]++
	c.minute += mos
	if c.minuteN++; c.minuteN == 60 {
		c.worst = min(c.worst, c.minute/60)
		c.minute, c.minuteN = 0, 0
	}
}

// CauseOf names what is wrong in one second, the most telling first. A busy device
// reads late, which looks like jitter and delay; loss is the network's.
func CauseOf(s Sample) Cause {
	late := func(jitter time.Duration) bool { return jitter > 60*time.Millisecond && !s.Busy }
	up, down := s.UpLoss > 0.03 || late(s.UpJitter), s.DownLoss > 0.03 || late(s.DownJitter)
	switch {
	case !s.Connected:
		return Absent
	case s.Silent:
		return Device
	case up && down:
		return Both
	case up:
		return Uplink
	case down:
		return Downlink
	case s.Busy:
		return Processor
	case s.RTT > 400*time.Millisecond:
		return Delay
	}
	return Good
}

// AddClient takes what the page measured since its last report.
func (c *Collector) AddClient(n Client) {
	c.client.Freezes += n.Freezes
	c.client.Frozen += n.Frozen
	c.client.Concealed += n.Concealed
	if n.Path != "" {
		c.client.Path = n.Path
	}
}

// Now is the newest second's score and cause.
func (c *Collector) Now() (mos float64, cause Cause) { return c.last, c.lastCause }

// Report adds up. ok is false when there never was a connection.
func (c *Collector) Report() (r Report, ok bool) {
	if c.measured == 0 {
		return Report{PersonID: c.person}, false
	}
	n := float64(max(1, c.connected))
	r = Report{PersonID: c.person, From: c.from, Until: c.until, ConnectedSec: c.connected, GapSec: c.gaps,
		UpKbps: c.sum.UpBps / n / 1000, DownKbps: c.sum.DownBps / n / 1000, UpLoss: c.sum.UpLoss / n, DownLoss: c.sum.DownLoss / n,
		RTTMs: c.rtt.Seconds() * 1000 / n, JitterMs: c.jitter.Seconds() * 1000 / n,
		Freezes: c.client.Freezes, FrozenMs: int(c.client.Frozen.Milliseconds()), ConcealedMs: int(c.client.Concealed.Milliseconds()), BusySec: c.busy,
		MOS: c.mos / float64(c.measured), Path: c.sum.Path, Cause: c.cause()}
	if c.client.Path != "" {
		r.Path = c.client.Path
	}
	r.WorstMinute = c.worst
	if c.minuteN >= 10 || c.measured < 60 {
		r.WorstMinute = min(c.worst, c.minute/float64(max(1, c.minuteN)))
	}
	return r, true
}

// cause is the trouble that was there most often, when it was there for more than
// one second in twenty.
func (c *Collector) cause() (worst Cause) {
	most := c.measured / 20
	for _, k := range []Cause{Absent, Device, Both, Uplink, Downlink, Processor, Delay} {
		if c.causes[k] > most {
			worst, most = k, c.causes[k]
		}
	}
	return worst
}
