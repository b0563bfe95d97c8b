package search_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"handrail/models/education/search"
)

var update = flag.Bool("update", false, "write the vectors anew")

// vectors are what the program and the page must both say (web/webtest reads them too).
type vectors struct {
	Stems  [][3]string         `json:"stems"` // language, word, folded stem
	Words  map[string][]string `json:"words"`
	Crisis map[string]bool     `json:"crisis"`
	Index  json.RawMessage     `json:"index"`
	Found  map[string][]string `json:"found"` // id, score and why, as text
}

const vectorsFile = "testdata/vectors.json"

var stemmed = map[string]string{
	"en": "overdose overdosing overdosed overdoses breathing breathed breathe naloxone treatment treatments cravings craving families family happily happiness relational skies dying lying early only sky news generously communism arsenal inning proceed ugly yes youth boy boys enjoying saying hoped hopped hopping controlled rolled feed agreed agreement medicine medication medications recovery recovering recovered suicidal suicide national rationalization hesitanci usefulness possibly sensibilities adjustment election cries tied ties gas gaps kiwis bus goddess am be",
	"es": "sobredosis respirar respira respiración respiracion respiraciones naloxona tratamientos tratamiento ganas familias familia felizmente rápidamente rapidamente hijos hija dándoselo diciéndome comprándola irse durmiendo dormir duermo bebiendo beber bebió huyendo huye pague paguen sigue averigüé niños niñas analogía solución constitución creencia creencias agresivamente posiblemente facilidad habilidades negativo negativas operadora operaciones consumiremos consumirían estábamos tomasteis café está árbol yendo construyendo a me",
	"ar": "الجرعة جرعة جرعه والجرعة بالجرعة للجرعة كالجرعة جرعات أدوية الأدوية دواء دوائه دواؤها يتنفس تتنفسون سيتنفس ستتنفس يستعمل تستعملين نستعملها استعمال كتبوا كتبتم كتبتما كتبتموها عائلة عائلات العائلات عائلتي أسرتكم أسرتهما الانسحاب انسحاب وانسحابه فانسحب أأمن آمن إيمان مستشفى المستشفى على الأفيونات أفيونية بيوتهم وطننا مدرسون معلمين قلقان هم و",
}

var askedWords = []string{"I can't  BREATHE!", "¿Dónde está la NALOXONA?", "أُرِيدُ أَنْ أَعْرِفَ", "مـــساعدة", "ﻻ ﯾﺘﻨﻔﺲ", "٣ أيام 3", "ｎａｒｃａｎ\u200b", "cafe\u0301", "", "a.b-c_d", "İstanbul", "کی"}

var askedCrisis = []string{"overdose", "overdsoe", "overd", "over", "he is not breathing", "breathing exercises", "I want to die", "suicde", "my son was suicidal", "dying", "no respira", "sobredosís", "sobred", "quiere morirse", "dormir", "sleep", "work", "goodbye", "لا يتنفس", "ولا يتنفس",
	"جرعه زائده", "الإنتحار", "انتحار", "نوم", "عائلة", "911", "", "dose", "seizures", "the gun", "begun", "money"}

var askedFor = []string{"naloxone", "naloxnoe", "nlaoxone", "narcan", "nalox", "where is my NARCAN spray", "smack", "sleeping pills", "cold turkey", "insomnio", "insomnia", "dormir", "sueno", "niños", "ninos", "نالوكسون", "النالكسون", "نوم", "the", "xyzzy", "", "sleep sleep sleep", "overdoze sleeping", "dormri mejor"}

func madeIndex() *search.Index {
	field := func(language, text string, weight int) search.Field {
		return search.Field{Language: language, Text: text, Weight: weight}
	}
	foreign := func(language, text string) search.Field {
		return search.Field{Language: language, Text: text, Weight: 6}
	}
	return search.New("en", []search.Doc{
		{ID: "naloxone", Fields: []search.Field{field("en", "Naloxone, and where to keep it", 10), field("en", "A spray for the nose. It blocks heroin and other opioids.", 1), foreign("ar", "النالوكسون"), foreign("es", "Naloxona")}},
		{ID: "sleep", Fields: []search.Field{field("en", "Sleep in recovery", 10), field("en", "Sleep comes back. Go to bed at the same time each night. Sleeping pills are no answer, nor is withdrawal.", 1), foreign("es", "El sueño: dormir mejor"), foreign("ar", "النوم")}},
		{ID: "children", Fields: []search.Field{field("en", "Children at home", 10), field("en", "Keep pills where children can't reach them.", 1), foreign("es", "Los niños en casa")}},
		{ID: "withdrawal", Fields: []search.Field{field("en", "When it is not safe to just stop", 10), field("en", "Withdrawal from alcohol or from a benzodiazepine can kill. Ask a doctor.", 1)}},
	})
}

func made(t *testing.T) vectors {
	t.Helper()
	v := vectors{Words: map[string][]string{}, Crisis: map[string]bool{}, Found: map[string][]string{}}
	for _, language := range search.Languages {
		for word := range strings.FieldsSeq(stemmed[language]) {
			v.Stems = append(v.Stems, [3]string{language, word, search.Stem(language, word)})
		}
	}
	for _, text := range askedWords {
		v.Words[text] = append([]string{}, search.Words(text)...)
	}
	for _, text := range askedCrisis {
		v.Crisis[text] = search.Crisis(text)
	}
	ix := madeIndex()
	var err error
	if v.Index, err = json.Marshal(ix); err != nil {
		t.Fatal(err)
	}
	for _, text := range askedFor {
		v.Found[text] = []string{}
		for _, hit := range ix.Find(text, 3) {
			line := fmt.Sprint(hit.ID, " ", hit.Score)
			for _, w := range hit.Why {
				line += " " + w.Typed + ":" + w.Found
			}
			v.Found[text] = append(v.Found[text], line)
		}
	}
	return v
}

// TestTheProgramSaysWhatTheVectorsSay, as the page does.
func TestTheProgramSaysWhatTheVectorsSay(t *testing.T) {
	got, err := json.MarshalIndent(made(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(vectorsFile, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(vectorsFile)
	if err != nil || !bytes.Equal(append(got, '\n'), want) {
		t.Errorf("the vectors have changed; write them with -update and look at each: %v", err)
	}
}
