package notify

import (
	"encoding/json"
	"hash/fnv"
	"time"

	"github.com/google/uuid"

	"handrail/models/reminder"
	"handrail/store"
)

// shards is how many lanes the queue has. Instances and workers begin at different
// ones, so that they rarely reach for the same entry.
const shards = 32

// State is where an entry stands.
type State string

// The states. The last three are ends.
const (
	StatePlanned State = "planned"
	StateClaimed State = "claimed" // a worker has it until its lease ends
	StateRetry   State = "retry"   // the same step again, later
	StateWaiting State = "waiting" // handed over; the next step comes when no receipt does
	StateDone    State = "done"    // handed over, or received
	StateDropped State = "dropped" // not sent; Why says why
	StateDead    State = "dead"    // every step failed: an operator should look
)

func (s State) ended() bool { return s == StateDone || s == StateDropped || s == StateDead }

// entry is the ledger's page for one occurrence, and its place in the queue.
type entry struct {
	ID        string `json:"id"`
	AccountID string `json:"accountId"`
	Owner     string `json:"owner"`
	reminder.Occurrence
	Language string             `json:"language"`
	Epoch    uint32             `json:"epoch"`
	State    State              `json:"state"`
	Why      string             `json:"why,omitempty"`      // of an end
	At       int                `json:"at"`                 // which of Steps
	AtOnce   bool               `json:"atOnce,omitempty"`   // that and all after it are taken together, as one step
	Attempts int                `json:"attempts,omitempty"` // of this step
	Lost     int                `json:"lost,omitempty"`     // leases of this step that ended without a word
	Holder   string             `json:"holder,omitempty"`   // the instance that has it
	Targets  map[string]*target `json:"targets,omitempty"`  // of this step, by device; see address
	Handed   bool               `json:"handed,omitempty"`   // a provider accepted it
	Failed   bool               `json:"failed,omitempty"`   // a provider refused it
	NextAt   time.Time          `json:"nextAt,omitzero"`    // zero: nobody needs to look again
	EndedAt  time.Time          `json:"endedAt,omitzero"`
	// What the app reported.
	DeliveredAt time.Time `json:"deliveredAt,omitzero"`
	OpenedAt    time.Time `json:"openedAt,omitzero"`
	AnsweredAt  time.Time `json:"answeredAt,omitzero"` // its matter was answered elsewhere: nothing of it is new
	Trail       []Mark    `json:"trail"`

	version int64
	passed  bool // its step was not taken: its channel was found at fault
	held    bool // by the claims of its shard; else it says itself who has it
}

// target is what became of a step at one device.
type target struct {
	Outcome Outcome `json:"outcome"`
	Lost    int     `json:"lost,omitempty"` // answers that never came
}

// Mark is one line of a trail.
type Mark struct {
	At      time.Time `json:"at"`
	What    string    `json:"what"`              // see the constants
	Channel string    `json:"channel,omitempty"` // or the step
	Note    string    `json:"note,omitempty"`    // a code: the provider's, or why
}

// What a Mark can say.
const (
	MarkPlanned   = "planned"
	MarkMoved     = "moved"
	MarkClaimed   = "claimed"
	MarkHanded    = "handed-over"
	MarkAccepted  = "accepted"
	MarkDelivered = "delivered"
	MarkOpened    = "opened"
	MarkFailed    = "failed"
	MarkDropped   = "dropped"
	MarkSkipped   = "skipped" // a step that can't be taken: no device, no address
	MarkTask      = "task"    // a task for a person was made
	MarkRequeued  = "requeued"
)

// trailLimit bounds a trail; claims are the first to go.
const trailLimit = 40

func (e *entry) mark(at time.Time, what, channel, note string) {
	if len(e.Trail) >= trailLimit {
		for i, m := range e.Trail {
			if m.What == MarkClaimed || m.What == MarkFailed || i == trailLimit-1 {
				e.Trail = append(e.Trail[:i], e.Trail[i+1:]...)
				break
			}
		}
	}
	e.Trail = append(e.Trail, Mark{at.UTC(), what, channel, note})
}

// received tells whether the app reported the entry.
func (e *entry) received() bool { return !e.DeliveredAt.IsZero() || !e.OpenedAt.IsZero() }

// end closes the entry.
func (e *entry) end(now time.Time, s State, why string) {
	e.State, e.Why, e.NextAt, e.EndedAt, e.Holder = s, why, time.Time{}, now.UTC(), ""
}

func (e *entry) keys() store.Keys {
	k := store.Keys{"shard": shardOf(e.AccountID), "accountId": e.AccountID, "dueAt": e.Shown().UnixMilli()}
	if !e.NextAt.IsZero() {
		k["nextAt"] = e.place().UnixMilli()
	}
	if e.State == StateDead {
		k["deadAt"] = e.EndedAt.UnixMilli()
	}
	if !e.EndedAt.IsZero() {
		k["endedAt"] = e.EndedAt.UnixMilli()
	}
	return k
}

func (e *entry) doc() (store.Doc, error) {
	body, err := json.Marshal(e)
	return store.Doc{ID: e.ID, Version: e.version, Owner: e.Owner, Keys: e.keys(), Body: body}, err
}

func readEntry(d store.Doc) (*entry, error) {
	return readBody(d, &entry{version: d.Version})
}

func shardOf(accountID string) int64 {
	h := fnv.New32a()
	h.Write([]byte(accountID))
	return int64(h.Sum32() % shards)
}

// entrySpace makes ids of names: the same occurrence has the same id wherever it is
// planned, so that a second insert is refused by the store. An account's id is
// random, so the id tells nothing to who does not know it.
var entrySpace = uuid.MustParse("5f1c6f4e-0d0b-5d0e-9b36-7c2d7f0a4a11")

func entryID(accountID, name string) string {
	return uuid.NewSHA1(entrySpace, []byte(accountID+"\x00"+name)).String()
}
