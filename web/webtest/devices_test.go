package webtest

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

const (
	toneRate  = 16_000 // samples a second
	toneNotes = 120
	noteLong  = toneRate / 4
	noteLoud  = 12_000 // of 32,767
)

// fakeDevices gives a browser a camera that counts and a microphone that plays notes,
// and says yes to the question for them. Chromium's own beep goes to one of its
// microphones only, and not always to the same.
func fakeDevices(t *testing.T) []string {
	t.Helper()
	sound := filepath.Join(t.TempDir(), "notes.wav")
	if err := os.WriteFile(sound, notes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"use-fake-device-for-media-stream=fps=8", "use-file-for-fake-audio-capture=" + sound,
		"use-fake-ui-for-media-stream", "autoplay-policy=no-user-gesture-required"}
}

// notes is half a minute of sound that never sounds as it did a moment ago: a page
// takes what it plays out of what it records, and everybody here has the same tune,
// begun at another time.
func notes() []byte {
	pitch := rand.New(rand.NewPCG(1, 2))
	var samples []int16
	for range toneNotes {
		hertz := 250 + pitch.Float64()*1500
		for i := range noteLong {
			at := float64(i)
			swell := math.Sin(math.Pi * at / noteLong) // no clicks, and a pause between two
			samples = append(samples, int16(noteLoud*swell*math.Sin(2*math.Pi*hertz*at/toneRate)))
		}
	}
	return wave(samples)
}

// wave is a WAV file of one channel: RIFF with a PCM format and its data.
func wave(samples []int16) []byte {
	size := uint32(2 * len(samples))
	out := append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, 36+size)...)
	out = append(out, "WAVEfmt "...)
	for _, word := range []any{uint32(16), uint16(1), uint16(1), uint32(toneRate), uint32(2 * toneRate), uint16(2), uint16(16)} {
		out, _ = binary.Append(out, binary.LittleEndian, word)
	}
	out = append(out, "data"...)
	out = binary.LittleEndian.AppendUint32(out, size)
	out, _ = binary.Append(out, binary.LittleEndian, samples)
	return out
}
