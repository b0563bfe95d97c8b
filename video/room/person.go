package room

// Role is what somebody is in this visit. The same clinician can lead one visit
// and observe another.
type Role string

// The roles.
const (
	Lead        Role = "lead" // the clinician who leads the visit
	Clinician   Role = "clinician"
	Patient     Role = "patient"
	Supporter   Role = "supporter" // family or friend
	Interpreter Role = "interpreter"
	Observer    Role = "observer" // supervisor or trainee: sees and hears, is shown, sends nothing
)

// Roles lists every role, in the order in which people are shown.
var Roles = []Role{Lead, Clinician, Patient, Interpreter, Supporter, Observer}

// Valid tells whether r is one of Roles.
func (r Role) Valid() bool { return r.rank() < len(Roles) }

// Treats tells whether people of this role run the visit: they need nobody to
// admit them, and they admit the others.
func (r Role) Treats() bool { return r == Lead || r == Clinician }

func (r Role) rank() int {
	for i, known := range Roles {
		if r == known {
			return i
		}
	}
	return len(Roles)
}

// Place is where somebody is.
type Place string

// The places. SentBack in Person tells a first wait from a second one.
const (
	Lobby   Place = "lobby"   // waits; sees no picture and hears nothing
	Inside  Place = "inside"  // admitted
	Left    Place = "left"    // went by themselves; waits again when they return
	Removed Place = "removed" // was taken out; may not return to this visit
)

// Floor is the channel that everybody hears.
const Floor = ""

// Person is one guest of the visit and where they stand now.
type Person struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Role      Role    `json:"role"`
	Place     Place   `json:"place"`
	Session   string  `json:"session,omitempty"` // the one that counts; an older one was told to stop
	Connected bool    `json:"connected"`         // signaling or media lives
	SentBack  bool    `json:"sentBack,omitempty"`
	By        string  `json:"by,omitempty"` // who let them in or sent them back last
	Sends     Sending `json:"sends"`
	Hand      bool    `json:"hand,omitempty"`
	// Held tells that something else has the microphone, as a phone call: the person
	// did not switch it off.
	Held bool `json:"held,omitempty"`
	// Lacks is what the person's browser can't do in this visit.
	Lacks Lacks `json:"lacks,omitzero"`
	// Speaks is the channel that an interpreter speaks into and Hears the one
	// that a listener chose: Floor or a language (BCP 47).
	Speaks string `json:"speaks,omitempty"`
	Hears  string `json:"hears,omitempty"`
}

// Sending is what somebody has switched on by themselves. Others can switch it
// off, nobody can switch it on for them.
type Sending struct {
	Audio  bool `json:"audio"`
	Video  bool `json:"video"`
	Screen bool `json:"screen"`
}

// Lacks are the things that somebody's browser offered in no way that fits: to be
// heard, to hear, to be seen, to see. Both sides are told.
type Lacks struct {
	Speak bool `json:"speak,omitempty"`
	Hear  bool `json:"hear,omitempty"`
	Show  bool `json:"show,omitempty"`
	See   bool `json:"see,omitempty"`
}

// has tells whether kind can't be sent.
func (l Lacks) has(k Kind) bool {
	return k == Audio && l.Speak || (k == Video || k == Screen) && l.Show
}

// Has tells whether kind is switched on; text always is.
func (s Sending) Has(k Kind) bool {
	switch k {
	case Audio:
		return s.Audio
	case Video:
		return s.Video
	case Screen:
		return s.Screen
	}
	return true
}

func (s *Sending) set(k Kind, on bool) {
	switch k {
	case Audio:
		s.Audio = on
	case Video:
		s.Video = on
	case Screen:
		s.Screen = on
	}
}

// Guest is somebody whom the booking expects.
type Guest struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role Role   `json:"role"`
}
