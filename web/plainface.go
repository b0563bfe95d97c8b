package web

import "encoding/json"

// plainManifest is the web application manifest (W3C) for who wants a name and a picture on
// the home screen that say nothing (app/appface.js). There is one for each language.
func plainManifest(language string) string { return "plain-" + language + ".webmanifest" }

func addPlainManifests(to map[string][]byte) error {
	texts, err := allTexts()
	if err != nil {
		return err
	}
	var usual map[string]any
	body, err := built.ReadFile("manifest.webmanifest")
	if err == nil {
		err = json.Unmarshal(body, &usual)
	}
	if err != nil {
		return err
	}
	for language, words := range texts {
		// An installed page of iOS begins with an empty storage: its address says which face it has.
		usual["name"], usual["short_name"], usual["start_url"], usual["lang"] = words["keep.face.plain"], words["keep.face.plain"], "/#/plain", language
		usual["icons"] = icons("/plain.svg", "/plain-180.png")
		if to[plainManifest(language)], err = json.Marshal(usual); err != nil {
			return err
		}
	}
	return nil
}

func icons(any, fixed string) []map[string]string {
	return []map[string]string{{"src": any, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}, {"src": fixed, "sizes": "180x180", "type": "image/png"}}
}
