package room

import (
	"slices"

	"handrail/models"
)

// Verb is something that somebody in the room can ask for.
type Verb string

// The verbs. Whom, On, Kind and Language of the Command are used as said.
const (
	Admit    Verb = "admit"     // Whom, from the lobby
	AdmitAll Verb = "admit-all" // everybody in the lobby
	SendBack Verb = "send-back" // Whom, from inside to the lobby
	Remove   Verb = "remove"    // Whom, for good
	Confer   Verb = "huddle"    // On
	Lock     Verb = "lock"      // On
	End      Verb = "end"       // for all
	Silence  Verb = "silence"   // Whom, Kind: switch off, never on
	Send     Verb = "send"      // own Kind On
	Raise    Verb = "hand"      // own hand On
	Hold     Verb = "held"      // own microphone: something else has it, as a phone call (On), or gave it back
	Hear     Verb = "hear"      // own channel: Language or Floor
	Speak    Verb = "speak"     // an interpreter's channel: Language or Floor
	Leave    Verb = "leave"
)

// Command is one request of one person.
type Command struct {
	Verb     Verb   `json:"verb"`
	Whom     string `json:"whom,omitempty"`
	On       bool   `json:"on,omitempty"`
	Kind     Kind   `json:"kind,omitempty"`
	Language string `json:"language,omitempty"`
}

// who says which roles may use a verb; a verb that is not here is everybody's own.
var who = map[Verb][]Role{
	Admit: {Lead, Clinician}, AdmitAll: {Lead, Clinician}, SendBack: {Lead, Clinician},
	Remove: {Lead, Clinician}, Confer: {Lead, Clinician}, Lock: {Lead, Clinician},
	Silence: {Lead, Clinician}, End: {Lead}, Speak: {Interpreter},
}

var verbs = map[Verb]func(*Room, *Person, Command) error{
	Admit: (*Room).admit, AdmitAll: (*Room).admitAll, SendBack: (*Room).sendBack,
	Remove: (*Room).remove, Confer: (*Room).confer, Lock: (*Room).lock, End: (*Room).end,
	Silence: (*Room).silence, Send: (*Room).send, Raise: (*Room).raise, Hold: (*Room).hold, Hear: (*Room).hear,
	Speak: (*Room).speak, Leave: (*Room).leave,
}

// Do carries out a command of a person, or refuses it and changes nothing.
//
// Errors: KindNotFound when either person is not there; KindForbidden
// not-your-role, not-now; KindInvalid unknown-command, unknown-kind, bad-language;
// KindGone visit-ended.
func (r *Room) Do(by string, c Command) error {
	p := r.Person(by)
	if p == nil {
		return models.NotFound()
	}
	do, known := verbs[c.Verb]
	if !known {
		return models.E(models.KindInvalid, "unknown-command", "This isn't something the room can do.")
	}
	if r.Phase == Ended {
		return models.E(models.KindGone, "visit-ended", "This visit has ended.")
	}
	if p.Place == Left || p.Place == Removed {
		return models.E(models.KindForbidden, "not-now", "You are no longer in this visit.")
	}
	if roles, kept := who[c.Verb]; kept && (p.Place != Inside || !slices.Contains(roles, p.Role)) {
		return notYourRole()
	}
	if err := do(r, p, c); err != nil {
		return err
	}
	r.Version++
	return nil
}

func notYourRole() error {
	return models.E(models.KindForbidden, "not-your-role", "Your role in this visit does not allow this.")
}

func notNow() error {
	return models.E(models.KindForbidden, "not-now", "This can't be done with this person right now.")
}

func (r *Room) whom(c Command, places ...Place) (*Person, error) {
	p := r.Person(c.Whom)
	if p == nil {
		return nil, models.NotFound()
	}
	if !slices.Contains(places, p.Place) {
		return nil, notNow()
	}
	return p, nil
}

func (r *Room) admit(by *Person, c Command) error {
	p, err := r.whom(c, Lobby)
	if err != nil {
		return err
	}
	p.Place, p.SentBack, p.By = Inside, false, by.ID
	return nil
}

// admitAll takes in those who are connected: somebody who closed the page while
// waiting must not find a room that was opened for them an hour ago.
func (r *Room) admitAll(by *Person, _ Command) error {
	for i := range r.People {
		if p := &r.People[i]; p.Place == Lobby && p.Connected {
			p.Place, p.SentBack, p.By = Inside, false, by.ID
		}
	}
	return nil
}

func (r *Room) sendBack(by *Person, c Command) error {
	p, err := r.whom(c, Inside)
	if err != nil {
		return err
	}
	if p.Role.Treats() {
		return notYourRole()
	}
	p.Place, p.SentBack, p.By, p.Sends.Screen, p.Hand = Lobby, true, by.ID, false, false
	return nil
}

// remove takes somebody out. Only the lead removes a clinician; nobody removes
// the lead or the patient: a visit without its patient is ended or the
// patient is sent back, so that they are told and can return.
func (r *Room) remove(by *Person, c Command) error {
	p, err := r.whom(c, Inside, Lobby)
	if err != nil {
		return err
	}
	if p.ID == by.ID || p.Role == Lead || p.Role == Patient || (p.Role == Clinician && by.Role != Lead) {
		return notYourRole()
	}
	p.Place, p.Sends, p.Hand = Removed, Sending{}, false
	return nil
}

func (r *Room) confer(_ *Person, c Command) error {
	r.Phase = Open
	if c.On {
		r.Phase = Huddle
	}
	return nil
}

func (r *Room) lock(_ *Person, c Command) error { r.Locked = c.On; return nil }

func (r *Room) end(*Person, Command) error { r.Phase = Ended; return nil }

func (r *Room) silence(_ *Person, c Command) error {
	p, err := r.whom(c, Inside)
	if err != nil {
		return err
	}
	if c.Kind != Audio && c.Kind != Video && c.Kind != Screen {
		return unknownKind()
	}
	p.Sends.set(c.Kind, false)
	return nil
}

func (r *Room) send(p *Person, c Command) error {
	if c.Kind != Audio && c.Kind != Video && c.Kind != Screen {
		return unknownKind()
	}
	if c.On && !has(mayGive[p.Role], c.Kind) {
		return notYourRole()
	}
	p.Sends.set(c.Kind, c.On && !p.Lacks.has(c.Kind)) // what can't be sent stays off, and Lacks says why
	return nil
}

// Lack notes what a person's browser can't do. What it can't send is off. It tells whether
// anything changed.
func (r *Room) Lack(personID string, l Lacks) bool {
	p := r.Person(personID)
	if p == nil || p.Lacks == l {
		return false
	}
	p.Lacks = l
	for _, k := range []Kind{Audio, Video, Screen} {
		if l.has(k) {
			p.Sends.set(k, false)
		}
	}
	r.Version++
	return true
}

func unknownKind() error {
	return models.E(models.KindInvalid, "unknown-kind", "This is neither sound, picture nor screen.")
}

func (r *Room) raise(p *Person, c Command) error { p.Hand = c.On; return nil }

func (r *Room) hold(p *Person, c Command) error { p.Held = c.On; return nil }

func (r *Room) hear(p *Person, c Command) error {
	if !languageTag(c.Language) {
		return badLanguage()
	}
	p.Hears = c.Language
	return nil
}

func (r *Room) speak(p *Person, c Command) error {
	if !languageTag(c.Language) {
		return badLanguage()
	}
	p.Speaks = c.Language
	return nil
}

func badLanguage() error {
	return models.E(models.KindInvalid, "bad-language", "Choose a language from the list.")
}

// languageTag: empty (the floor) or the shape of a BCP 47 tag, at most 35 characters
// (RFC 5646, section 4.4.1).
func languageTag(s string) bool {
	if len(s) > 35 {
		return false
	}
	for _, c := range s {
		if !(c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return true
}

func (r *Room) leave(p *Person, _ Command) error {
	p.Place, p.Connected, p.Sends, p.Hand, p.Held, p.Session, p.Lacks = Left, false, Sending{}, false, false, "", Lacks{}
	return nil
}
