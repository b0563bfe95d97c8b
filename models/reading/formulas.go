package reading

import "math"

// The coefficients are those of textstat (@dadf3d2), see the reference education 2.
// A text without words has the score 0.

func (c Counts) perSentence() float64 { return ratio(c.Words, c.Sentences) }
func (c Counts) perWord() float64     { return ratio(c.Syllables, c.Words) }
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (c Counts) when(score float64) float64 {
	if c.Words == 0 {
		return 0
	}
	return score
}

// FleschKincaid is the US grade (Kincaid 1975); English.
func (c Counts) FleschKincaid() float64 {
	return c.when(0.39*c.perSentence() + 11.8*c.perWord() - 15.59)
}

// FleschEase is the reading ease, higher is easier; English.
func (c Counts) FleschEase() float64 {
	return c.when(206.835 - 1.015*c.perSentence() - 84.6*c.perWord())
}

// SMOG is a US grade; made for 30 sentences or more; English.
func (c Counts) SMOG() float64 {
	return c.when(1.043*math.Sqrt(30*ratio(c.Poly, c.Sentences)) + 3.1291)
}

// Fog is Gunning's index in grades; English.
func (c Counts) Fog() float64 {
	return c.when(0.4 * (c.perSentence() + 100*ratio(c.Poly, c.Words)))
}

// ColemanLiau is a US grade from letters; English.
func (c Counts) ColemanLiau() float64 {
	return c.when(5.88*ratio(c.Letters, c.Words) - 29.6*ratio(c.Sentences, c.Words) - 15.8)
}

// ARI is the automated readability index, a US grade; English.
func (c Counts) ARI() float64 {
	return c.when(4.71*ratio(c.Letters, c.Words) + 0.5*c.perSentence() - 21.43)
}

// FernandezHuerta is higher when easier, 70 to 80 is grade 6; Spanish.
func (c Counts) FernandezHuerta() float64 {
	return c.when(206.84 - 60*c.perWord() - 1.02*c.perSentence())
}

// Szigriszt is the scale INFLESZ: 65 to 80 is fairly easy; Spanish.
func (c Counts) Szigriszt() float64 {
	return c.when(206.835 - 62.3*c.perWord() - c.perSentence())
}

// Gutierrez is higher when easier; to report only; Spanish.
func (c Counts) Gutierrez() float64 {
	return c.when(95.2 - 9.7*ratio(c.Letters, c.Words) - 0.35*c.perSentence())
}

// Crawford is a school grade; Spanish.
func (c Counts) Crawford() float64 {
	return c.when(-0.205*100*ratio(c.Sentences, c.Words) + 0.049*100*c.perWord() - 3.407)
}

// LIX is lower when easier; any European language.
func (c Counts) LIX() float64 {
	return c.when(c.perSentence() + 100*ratio(c.Long, c.Words))
}
