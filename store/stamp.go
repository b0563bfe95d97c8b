package store

// Stamp says how collections stood at one moment. Two that are equal, of one engine, say
// that nothing was written into any of them in between, as far as the engine knows then:
// what another process wrote it learns with its next batch. So what was read under a
// stamp is used in a batch that begins with Unchanged, or for nothing that must be new.
// The zero Stamp is equal to none that an engine gives.
type Stamp struct {
	Collections []string // as they were asked for; not to be changed
	Count       uint64   // grows with each write into any of them
}

// Same tells whether nothing was written between two stamps of the same collections.
func (s Stamp) Same(as Stamp) bool { return s.Count > 0 && s.Count == as.Count }

// Stamper is an engine, or a store over one, that knows what is written into it.
type Stamper interface {
	// Stamp is taken before what is remembered is read. ok is false where the engine
	// can't tell: then nothing is to be remembered.
	Stamp(collections ...string) (s Stamp, ok bool)
}

// Unchanged is an op that changes nothing: the batch is refused with ErrConflict when
// something was written into the collections since the stamp, also by another process. It
// stands before the ops that change something: there a refusal costs nothing.
func Unchanged(since Stamp) Op { return Op{Kind: OpUnchanged, Since: since} }

// StampOf asks a store for a stamp.
func StampOf(s Store, collections ...string) (Stamp, bool) {
	if of, is := s.(Stamper); is {
		return of.Stamp(collections...)
	}
	return Stamp{}, false
}
