package tail

// Follower is one who wants to know what is new. It is safe for concurrent use.
type Follower[T any] struct {
	tail *Tail[T]
	want func(T) bool
	new  []T
	lost bool
	came chan struct{}
}

// Came has something when documents came since it was last read, whether the follower
// wants them or not. It is told by who wrote, who does not wait for it.
func (f *Follower[T]) Came() <-chan struct{} { return f.came }

func (f *Follower[T]) wake() {
	select {
	case f.came <- struct{}{}:
	default: // it was not read since
	}
}

// Follow begins to follow those documents that want says yes to; nil: all.
func (t *Tail[T]) Follow(want func(T) bool) *Follower[T] {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spread()
	f := &Follower[T]{tail: t, want: want, came: make(chan struct{}, 1)}
	t.followers = append(t.followers, f)
	return f
}

// Take gives what came since the last call, oldest first as far as this instance knows.
// lost says that more came than is kept, and that nothing of it was: look into the
// store.
func (f *Follower[T]) Take() (fresh []T, lost bool) {
	f.tail.mu.Lock()
	defer f.tail.mu.Unlock()
	f.tail.spread()
	fresh, lost = f.new, f.lost
	f.new, f.lost = nil, false
	return fresh, lost
}

// spread hands out what came, read once for everybody and not while somebody writes.
// It is called with mu held.
func (t *Tail[T]) spread() {
	for _, d := range t.fresh {
		v := t.read(d)
		for _, f := range t.followers {
			f.add(v)
		}
	}
	t.fresh = nil
}

func (f *Follower[T]) add(v T) {
	switch {
	case f.lost || f.want != nil && !f.want(v):
	case len(f.new) == most:
		f.new, f.lost = nil, true
	default:
		f.new = append(f.new, v)
	}
}
