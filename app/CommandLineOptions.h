// CommandLineOptions: all options of the program, with what --help says of them.

#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QString>

namespace app {

struct CommandLineOptions
{
    QCommandLineOption port{QStringLiteral("p"), QStringLiteral("Connect to this port."),
                            QStringLiteral("PORT")};
    QCommandLineOption user{QStringLiteral("l"), QStringLiteral("Log in as this user."),
                            QStringLiteral("USER")};
    QCommandLineOption identity{
        QStringLiteral("i"),
        QStringLiteral(
            "Log in with this private key. May be repeated; the keys are tried in this order."),
        QStringLiteral("FILE")};
    QCommandLineOption knownHosts{
        QStringLiteral("known-hosts"),
        QStringLiteral("Look for host keys here instead of ~/.ssh/known_hosts. May be repeated; "
                       "new keys go into the first."),
        QStringLiteral("FILE")};
    QCommandLineOption policy{
        QStringLiteral("host-key-policy"),
        QStringLiteral(
            "What to do with the key of an unknown host: reject, warn, auto-add or ask."),
        QStringLiteral("POLICY")};
    QCommandLineOption hashNames{QStringLiteral("hash-known-hosts"),
                                 QStringLiteral("Hash the names of hosts whose keys are stored.")};
    QCommandLineOption timeout{QStringLiteral("connect-timeout"),
                               QStringLiteral("Give up connecting after this time."),
                               QStringLiteral("SECONDS")};
    QCommandLineOption compress{{QStringLiteral("C"), QStringLiteral("compress")},
                                QStringLiteral("Compress what is sent (zlib@openssh.com).")};
    QCommandLineOption keepAlive{
        QStringLiteral("keep-alive"),
        QStringLiteral("Ask a silent server for a sign of life after this time; 0 for never."),
        QStringLiteral("SECONDS")};
    QCommandLineOption cipher{
        QStringLiteral("cipher"),
        QStringLiteral("Encrypt with the first of these that the server has too."),
        QStringLiteral("LIST")};
    QCommandLineOption jump{
        QStringLiteral("J"),
        QStringLiteral("Connect through these servers, in this order: names of "
                       "sessions, hosts of ~/.ssh/config, or user@host[:port]."),
        QStringLiteral("HOP[,HOP...]")};
    QCommandLineOption proxy{
        QStringLiteral("proxy"),
        QStringLiteral(
            "Connect through this proxy: socks5://[user@]host:port or http://[user@]host:port."),
        QStringLiteral("URL")};
    QCommandLineOption proxyCommand{
        QStringLiteral("proxy-command"),
        QStringLiteral("Connect through this program's standard input and output; %h is the host, "
                       "%p the port, %r the user."),
        QStringLiteral("COMMAND")};
    QCommandLineOption localForward{
        QStringLiteral("L"),
        QStringLiteral("tunnel: listen here, and have the server connect to the target. May be "
                       "repeated, as -R and -D."),
        QStringLiteral("[ADDRESS:]PORT:HOST:PORT")};
    QCommandLineOption remoteForward{
        QStringLiteral("R"),
        QStringLiteral("tunnel: have the server listen, and connect to the target from here."),
        QStringLiteral("[ADDRESS:]PORT:HOST:PORT")};
    QCommandLineOption dynamicForward{QStringLiteral("D"),
                                      QStringLiteral("tunnel: listen here as a SOCKS proxy."),
                                      QStringLiteral("[ADDRESS:]PORT")};
    QCommandLineOption group{
        QStringLiteral("group"),
        QStringLiteral("exec: on all saved sessions of this group and of those below it."),
        QStringLiteral("NAME")};
    QCommandLineOption tag{
        QStringLiteral("tag"),
        QStringLiteral("exec: on all saved sessions with this tag, their own or their group's."),
        QStringLiteral("NAME")};
    QCommandLineOption hosts{
        QStringLiteral("hosts"),
        QStringLiteral("exec: on the servers that this file lists, one in a line; - for standard "
                       "input."),
        QStringLiteral("FILE")};
    QCommandLineOption commandTimeout{
        QStringLiteral("timeout"),
        QStringLiteral("exec on several servers: leave a command alone after this time."),
        QStringLiteral("SECONDS")};
    QCommandLineOption stopAfter{
        QStringLiteral("stop-after"),
        QStringLiteral("exec on several servers: begin no other once so many, or this "
                       "share of them, have failed."),
        QStringLiteral("COUNT|PERCENT%")};
    QCommandLineOption canary{
        QStringLiteral("canary"),
        QStringLiteral("exec on several servers: run on so many first, and on the others only if "
                       "all of these succeed."),
        QStringLiteral("COUNT")};
    QCommandLineOption sftpServer{
        QStringLiteral("sftp-server"),
        QStringLiteral("Run this on the server for its files instead of its SFTP subsystem; sudo: "
                       "its sftp-server as root."),
        QStringLiteral("COMMAND")};
    QCommandLineOption noAgent{QStringLiteral("no-agent"),
                               QStringLiteral("Do not ask the SSH agent for keys.")};
    QCommandLineOption noDefaultKeys{QStringLiteral("no-default-keys"),
                                     QStringLiteral("Do not try the keys ~/.ssh/id_*.")};
    QCommandLineOption loginOrder{
        QStringLiteral("login-order"),
        QStringLiteral("Ways to log in, in this order: gssapi, key-files, agent, default-keys, "
                       "publickey (those three), password, keyboard-interactive."),
        QStringLiteral("LIST")};
    QCommandLineOption noKeyring{
        QStringLiteral("no-keyring"),
        QStringLiteral("Ask for passwords: use none that is stored, store none.")};
    QCommandLineOption terminal{
        QStringLiteral("t"),
        QStringLiteral("exec: run the command in a terminal if standard input is one; given twice, "
                       "in any case.")};
    QCommandLineOption noTerminal{
        QStringLiteral("T"),
        QStringLiteral("exec: run it without a terminal, whatever OpenSSH's configuration says.")};
    QCommandLineOption recursive{
        {QStringLiteral("r"), QStringLiteral("recursive")},
        QStringLiteral(
            "get, put, sync: copy directories with all that is in them. They always are: this "
            "is for those who are used to scp.")};
    QCommandLineOption limitRate{
        QStringLiteral("limit-rate"),
        QStringLiteral("get, put, sync: copy at most so many bytes each second; "
                       "K, M and G stand for 1024, 1024 K and 1024 M."),
        QStringLiteral("BYTES")};
    QCommandLineOption jobs{
        QStringLiteral("jobs"),
        QStringLiteral("get, put, sync: use up to this many connections at once for "
                       "large files, 1 to 8; normally what the "
                       "session says, or 4. exec: on so many servers at once, normally 32."),
        QStringLiteral("COUNT")};
    QCommandLineOption resume{
        QStringLiteral("resume"),
        QStringLiteral(
            "get, put, sync: go on with files of which an interrupted copy has left a part, "
            "leave out those that are complete, and leave such parts when interrupted.")};
    QCommandLineOption verify{
        QStringLiteral("verify"),
        QStringLiteral("get, put, sync: compare all that arrived with the source, "
                       "and fail where they differ.")};
    QCommandLineOption flush{
        QStringLiteral("fsync"),
        QStringLiteral("get, put, sync: put each file on the disk before it gets its name.")};
    QCommandLineOption preserve{
        QStringLiteral("preserve"),
        QStringLiteral(
            "get, put, sync: keep owner and group, by number and where that is allowed, and "
            "modes and times of directories too. Those of files are always kept.")};
    QCommandLineOption links{
        QStringLiteral("links"),
        QStringLiteral("get, put, sync: what becomes of symbolic links: copy them "
                       "as links, which is normal, follow or skip them."),
        QStringLiteral("CHOICE")};
    QCommandLineOption retries{
        QStringLiteral("retries"),
        QStringLiteral(
            "get, put, sync: connect again up to this many times in a row when the connection "
            "is lost, and go on; normally 3, 0 for never."),
        QStringLiteral("COUNT")};
    QCommandLineOption dryRun{
        QStringLiteral("dry-run"),
        QStringLiteral("sync: print what would be done, a line for each file, and do nothing. "
                       "exec on several servers: print what would be run where.")};
    QCommandLineOption removeExtra{
        QStringLiteral("delete"),
        QStringLiteral("sync: when all has been copied, remove what the source has not.")};
    QCommandLineOption twoWay{
        QStringLiteral("two-way"),
        QStringLiteral("sync: copy what is missing in both directions, and remove nothing; what "
                       "differs is told, or see --newer.")};
    QCommandLineOption newer{
        QStringLiteral("newer"),
        QStringLiteral("sync: leave files alone that are newer at the target; with --two-way: the "
                       "newer one replaces the other one.")};
    QCommandLineOption checksum{
        QStringLiteral("checksum"),
        QStringLiteral("sync: compare files of the same size by their contents, not by times.")};
    QCommandLineOption sizeOnly{QStringLiteral("size-only"),
                                QStringLiteral("sync: files of the same size are the same.")};
    QCommandLineOption timeTolerance{
        QStringLiteral("time-tolerance"),
        QStringLiteral("sync: times that differ by no more are the same; normally 0."),
        QStringLiteral("SECONDS")};
    QCommandLineOption include{
        QStringLiteral("include"),
        QStringLiteral("sync: only files of such names, or in directories of such names: *.c, "
                       "doc/, src/**/*.h; may be given several times."),
        QStringLiteral("PATTERN")};
    QCommandLineOption exclude{
        QStringLiteral("exclude"),
        QStringLiteral("sync: neither files nor directories of such names, included or not; they "
                       "are not removed either."),
        QStringLiteral("PATTERN")};
    QCommandLineOption watch{
        QStringLiteral("watch"),
        QStringLiteral("sync: go on until Ctrl+C, and copy what changes here.")};
    QCommandLineOption logLevel{
        QStringLiteral("log-level"),
        QStringLiteral("What to log to standard error: error, warning, info, debug or trace."),
        QStringLiteral("LEVEL")};
    QCommandLineOption logFile{
        QStringLiteral("log-file"),
        QStringLiteral("Write what connections do to the end of this file, without secrets; as "
                       "much as --log-level says, or info."),
        QStringLiteral("FILE")};
    QCommandLineOption configDir{QStringLiteral("config-dir"),
                                 QStringLiteral("Keep settings and sessions here."),
                                 QStringLiteral("DIR")};
    QCommandLineOption json{QStringLiteral("json"),
                            QStringLiteral("get, put, sync, keys list: print what was copied and "
                                           "what was not, or the keys, as JSON. exec: print a "
                                           "line of JSON for each server.")};
    QCommandLineOption keyType{
        QStringLiteral("type"),
        QStringLiteral("Of keys generate: ed25519, the default, ecdsa or rsa."),
        QStringLiteral("TYPE")};
    QCommandLineOption keyBits{
        QStringLiteral("bits"),
        QStringLiteral("Of keys generate: 256, 384 or 521 for ecdsa, 3072 or more for rsa."),
        QStringLiteral("NUMBER")};
    QCommandLineOption keyComment{QStringLiteral("comment"),
                                  QStringLiteral("Of keys generate: instead of user@host."),
                                  QStringLiteral("TEXT")};
    QCommandLineOption listProfiles{
        QStringLiteral("list-profiles"),
        QStringLiteral("Print the saved sessions and OpenSSH's aliases: name, address, group.")};
    QCommandLineOption demo{QStringLiteral("demo"),
                            QStringLiteral("Open the window on a private server of its own.")};
    QCommandLineOption newWindow{
        QStringLiteral("new-window"),
        QStringLiteral("Open a window of its own, although there is one already.")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")},
                            QStringLiteral("Print this.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")},
                               QStringLiteral("Print the version.")};

    QList<QCommandLineOption> all() const; // in the order of --help
};

} // namespace app
