package fcm

import (
	"sync"
	"time"
)

// hands are goroutines that send one message after the other. What sends has a deep
// stack, and a new goroutine copies its own several times before it is deep enough; one
// that has just sent is ready for the next.
type hands chan func()

// handsRest is how long one waits for more to do.
const handsRest = 10 * time.Second

// each does n things at the same time and is back when all are done.
func (h hands) each(n int, do func(i int)) {
	var all sync.WaitGroup
	all.Add(n)
	for i := range n {
		one := func() {
			defer all.Done()
			do(i)
		}
		select {
		case h <- one:
		default:
			go h.work(one)
		}
	}
	all.Wait()
}

func (h hands) work(do func()) {
	for {
		do()
		t := time.NewTimer(handsRest)
		select {
		case do = <-h:
			t.Stop()
		case <-t.C:
			return
		}
	}
}
