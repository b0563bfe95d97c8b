package signontest

import (
	"crypto/rand"
	"crypto/rsa"
	"sync"
	"testing"
)

// rsaKeys are made once for all tests of a program: a key of 2,048 bits costs more than
// most of them. A test gets the first, then the second: no two providers of one test
// have the same.
var rsaKeys struct {
	sync.Mutex
	made  []*rsa.PrivateKey
	taken map[testing.TB]int
}

// newRSA is a key that this test has not had.
func newRSA(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	rsaKeys.Lock()
	defer rsaKeys.Unlock()
	if rsaKeys.taken == nil {
		rsaKeys.taken = map[testing.TB]int{}
	}
	n, known := rsaKeys.taken[t]
	if !known {
		t.Cleanup(func() {
			rsaKeys.Lock()
			defer rsaKeys.Unlock()
			delete(rsaKeys.taken, t)
		})
	}
	rsaKeys.taken[t] = n + 1
	if n == len(rsaKeys.made) {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		rsaKeys.made = append(rsaKeys.made, key)
	}
	return rsaKeys.made[n]
}
