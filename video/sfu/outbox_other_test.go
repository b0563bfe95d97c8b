//go:build !linux

package sfu

func refuse(*place, bool) {}
