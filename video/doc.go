// Package video is the visit room: it lets people in, keeps their places, carries
// the signaling and tells the media server what may reach whom. The rules are
// in video/room, the protocol in video/signal, media in video/sfu, TURN in
// video/relay. There is no HTTP in here: a connection is a Conn, so that all of it can
// be run on a pipe.
package video
