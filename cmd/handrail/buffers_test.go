package main

import (
	"errors"
	"strings"
	"testing"

	"handrail/video/sfu"
)

func TestTooLittleRoomOfTheMediaPortIsSaidWithWhatToDo(t *testing.T) {
	t.Parallel()
	const wanted = 4 << 20
	for _, c := range []struct {
		in, out int
		err     error
		enough  bool
		says    string
	}{
		{wanted, wanted, nil, true, "4096 KiB each way"},
		{208 << 10, wanted, nil, false, "208 KiB for what comes in and 4096 KiB for what goes out, of 4096"},
		{wanted, 208 << 10, nil, false, "net.core.rmem_max=4194304 net.core.wmem_max=4194304"},
		{0, 0, errors.New("no sockets here"), false, "no sockets here"},
	} {
		if says, enough := mediaBuffers(c.in, c.out, wanted, c.err); enough != c.enough || !strings.Contains(says, c.says) {
			t.Errorf("%d and %d: %t, %s", c.in, c.out, enough, says)
		}
	}
	if in, out, want, err := sfu.Buffers(); err != nil || in <= 0 || out <= 0 || want != wanted {
		t.Errorf("of this machine: %d, %d of %d, %v", in, out, want, err)
	}
	if d := (settings{}).mediaDiagnosis(); d.Part != partMedia || d.Says == "" || d.Works == d.Open {
		t.Errorf("doctor says %+v", d)
	}
}
