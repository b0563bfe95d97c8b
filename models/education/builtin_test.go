package education

import (
	"fmt"
	"os"
	"testing"
)

func TestSpike(t *testing.T) {
	l, err := Load(os.DirFS("content"), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range l.IDs() {
		for _, lang := range l.Languages(id) {
			m, _ := l.Module(id, lang)
			ms := MeasureOf(m)
			s := ""
			for _, x := range ms.Scores {
				s += fmt.Sprintf(" %.4s %.1f", x.Name, x.Value)
			}
			fmt.Println(id, lang, ms.Words, ms.Minutes, s)
			for _, f := range Gate(m) {
				fmt.Println("   ", f)
			}
		}
	}
}
