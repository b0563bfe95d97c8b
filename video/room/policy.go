package room

// Kind is a kind of thing that one person sends to another.
type Kind string

// The kinds.
const (
	Audio   Kind = "audio"
	Video   Kind = "video"
	Screen  Kind = "screen"
	Chat    Kind = "chat"
	Caption Kind = "caption"
)

// Kinds lists every kind.
var Kinds = []Kind{Audio, Video, Screen, Chat, Caption}

// mayGive says which kinds a role may send at all while the room is open. An
// observer sends nothing: whoever speaks takes part, and is given a role for it.
// Sharing a screen is kept to those who treat and to the patient.
var mayGive = map[Role][]Kind{
	Lead:        {Audio, Video, Screen, Chat, Caption},
	Clinician:   {Audio, Video, Screen, Chat, Caption},
	Patient:     {Audio, Video, Screen, Chat, Caption},
	Supporter:   {Audio, Video, Chat},
	Interpreter: {Audio, Video, Chat, Caption},
	Observer:    nil,
}

// mayGet says which kinds reach a role. An observer follows by eye and ear; what
// people write to each other is not theirs to read.
var mayGet = map[Role][]Kind{
	Lead:        Kinds,
	Clinician:   Kinds,
	Patient:     Kinds,
	Supporter:   Kinds,
	Interpreter: Kinds,
	Observer:    {Audio, Video, Screen, Caption},
}

// May is the table: does what `from` sends of this kind reach `to` now? The media
// server attaches nothing for which this is false, and the text relay sends nothing.
// It looks at the state of the room, both people's places and roles, what
// the sender has switched on, and, for sound, at the chosen channels.
func (r *Room) May(from, to *Person, k Kind) bool {
	return from.ID != to.ID && r.talks(from) && r.talks(to) &&
		has(mayGive[from.Role], k) && has(mayGet[to.Role], k) &&
		from.Sends.Has(k) && (k != Audio || onChannel(from, to))
}

// MayGive tells whether a role may send a kind at all, whoever listens.
func MayGive(role Role, k Kind) bool { return has(mayGive[role], k) }

// talks tells whether somebody takes part now: inside, and not on hold.
func (r *Room) talks(p *Person) bool {
	return p.Place == Inside && r.Phase != Ended && !r.OnHold(p)
}

// OnHold tells whether somebody who is inside waits for a huddle to end.
func (r *Room) OnHold(p *Person) bool {
	return r.Phase == Huddle && p.Place == Inside && !p.Role.Treats()
}

// onChannel: what is said on the floor reaches everybody; what is said into a
// language reaches those who chose it, and an interpreter who works into it.
func onChannel(from, to *Person) bool {
	return from.Speaks == Floor || from.Speaks == to.Hears ||
		(to.Role == Interpreter && to.Speaks == from.Speaks)
}

// Ducked tells whether `to` hears `from` only softly, because an interpreter
// speaks in the language that `to` chose. It is a hint for the player.
func (r *Room) Ducked(from, to *Person) bool {
	if to.Hears == Floor || from.Speaks != Floor {
		return false
	}
	for i := range r.People {
		p := &r.People[i]
		if p.Role == Interpreter && p.Speaks == to.Hears && r.May(p, to, Audio) {
			return true
		}
	}
	return false
}

func has(list []Kind, k Kind) bool {
	for _, x := range list {
		if x == k {
			return true
		}
	}
	return false
}
