package main

import (
	"fmt"

	"handrail/notify"
	"handrail/video/sfu"
)

// partMedia is the room that the kernel gives the media port for packets that wait.
const partMedia = "media port"

// mediaDiagnosis tells doctor of it. Too little is no failure: it shows only when many
// pictures come at one moment.
func (s settings) mediaDiagnosis() notify.Diagnosis {
	d := notify.Diagnosis{Part: partMedia}
	if s.video.off {
		d.Says, d.Open = "off: video is switched off", true
		return d
	}
	d.Says, d.Works = mediaBuffers(sfu.Buffers())
	d.Open = !d.Works
	return d
}

// mediaBuffers says in words what the kernel gives, in bytes, and what to do where it is
// less than what is wanted.
func mediaBuffers(in, out, wanted int, err error) (says string, enough bool) {
	switch {
	case err != nil:
		return "the room of its buffers can't be told: " + err.Error(), false
	case in >= wanted && out >= wanted:
		return fmt.Sprintf("the kernel gives it the %d KiB each way that it wants", wanted>>10), true
	}
	return fmt.Sprintf("the kernel gives it %d KiB for what comes in and %d KiB for what goes out, of %d: pictures are lost when many come at once. "+
		"Set it as root: sysctl -w net.core.rmem_max=%d net.core.wmem_max=%d, and keep both in /etc/sysctl.d (docs/network.md)",
		in>>10, out>>10, wanted>>10, wanted, wanted), false
}
