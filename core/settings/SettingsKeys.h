// Every setting of the program: its name in the file, its type and what holds until it is set.

#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace settings {

template<typename T>
struct Key
{
    QLatin1StringView name;
    T (*fallback)();
};

namespace keys {

// reject, warn, auto-add or ask: the names of hostkeys::HostKeyPolicy.
inline constexpr Key<QString> hostKeyPolicy{QLatin1StringView("connection/hostKeyPolicy"),
                                            [] { return QStringLiteral("ask"); }};

// Further known_hosts files, in this order, beside the user's own: absolute paths, or such that
// begin with "~/".
inline constexpr Key<QStringList> knownHostsFiles{QLatin1StringView("connection/knownHostsFiles"),
                                                  [] { return QStringList(); }};

// Hash the names under which host keys are stored, also in a file whose own names are plain
// (HashKnownHosts in ssh_config(5)).
inline constexpr Key<bool> hashKnownHosts{QLatin1StringView("connection/hashKnownHosts"),
                                          [] { return false; }};

// Seconds until connecting is given up, 1 to 3600.
inline constexpr Key<int> connectTimeoutSeconds{QLatin1StringView("connection/connectTimeout"),
                                                [] { return 15; }};

// After so many seconds of silence the server is asked for a sign of life, 0 for never; and so many
// questions may stay unanswered.
inline constexpr Key<int> keepAliveSeconds{QLatin1StringView("connection/keepAliveSeconds"),
                                           [] { return 30; }};
inline constexpr Key<int> keepAliveCount{QLatin1StringView("connection/keepAliveCount"),
                                         [] { return 3; }};

// ask, keyring or file: the names of vault::Place, where secrets are kept.
inline constexpr Key<QString> secretPlace{QLatin1StringView("secrets/place"),
                                          [] { return QStringLiteral("keyring"); }};

// copy, follow or skip: what transfers do with symbolic links.
inline constexpr Key<QString> transferLinks{QLatin1StringView("transfers/links"),
                                            [] { return QStringLiteral("copy"); }};

// As transfer::CopyOptions: owner, group and the modes of directories too; a comparison of contents
// at the end; the disk before the name.
inline constexpr Key<bool> transferPreserve{QLatin1StringView("transfers/preserve"),
                                            [] { return false; }};
inline constexpr Key<bool> transferVerify{QLatin1StringView("transfers/verify"),
                                          [] { return false; }};
inline constexpr Key<bool> transferFlush{QLatin1StringView("transfers/flush"),
                                         [] { return false; }};

// The font of terminals: empty and 0 stand for the system's font of fixed width and its size.
inline constexpr Key<QString> terminalFontFamily{QLatin1StringView("terminal/fontFamily"),
                                                 [] { return QString(); }};
inline constexpr Key<int> terminalFontPoints{QLatin1StringView("terminal/fontPoints"),
                                             [] { return 0; }};

// system, light, dark, or "scheme:" and the id of one in terminal::ColorSchemes.
inline constexpr Key<QString> terminalColors{QLatin1StringView("terminal/colors"),
                                             [] { return QStringLiteral("system"); }};

// block, underline or bar.
inline constexpr Key<QString> terminalCursor{QLatin1StringView("terminal/cursor"),
                                             [] { return QStringLiteral("block"); }};
inline constexpr Key<bool> terminalCursorBlinks{QLatin1StringView("terminal/cursorBlinks"),
                                                [] { return false; }};

// Lines that are kept when they scroll out of the screen, 0 to 10,000.
inline constexpr Key<int> terminalScrollback{QLatin1StringView("terminal/scrollback"),
                                             [] { return 10'000; }};

// none, mark or visual: what a program's bell does.
inline constexpr Key<QString> terminalBell{QLatin1StringView("terminal/bell"),
                                           [] { return QStringLiteral("mark"); }};

// never, runs or always: whether it is asked before several lines are pasted; runs: where they
// would run at once. A production server always asks.
inline constexpr Key<QString> terminalPaste{QLatin1StringView("terminal/paste"),
                                            [] { return QStringLiteral("runs"); }};

// Does a terminal close when its shell ends with status 0?
inline constexpr Key<bool> terminalCloses{QLatin1StringView("terminal/closes"),
                                          [] { return false; }};

// The name that is proposed for a recording: %h is the server, %d the date and %t the time.
inline constexpr Key<QString> recordingName{QLatin1StringView("terminal/recordingName"),
                                            [] { return QStringLiteral("%h-%d-%t"); }};

// Seconds after which the end of a command that nobody saw is told to the desktop, 0 for never.
inline constexpr Key<int> commandNoticeSeconds{QLatin1StringView("terminal/commandNotice"),
                                               [] { return 10; }};

// Do the server's files go where the shell goes?
inline constexpr Key<bool> filesFollowTerminal{QLatin1StringView("window/filesFollowTerminal"),
                                               [] { return true; }};

// terminal, files or both: what a new tab shows.
inline constexpr Key<QString> view{QLatin1StringView("window/view"),
                                   [] { return QStringLiteral("both"); }};

// ask, always or never: open the tabs of the last time again when the program starts.
inline constexpr Key<QString> reopenTabs{QLatin1StringView("window/reopenTabs"),
                                         [] { return QStringLiteral("ask"); }};

// QWidget::saveGeometry() and QSplitter::saveState() of the main window and of what is in its tabs.
inline constexpr Key<QByteArray> windowGeometry{QLatin1StringView("window/geometry"),
                                                [] { return QByteArray(); }};
inline constexpr Key<QByteArray> sidebarSplitter{QLatin1StringView("window/sidebarSplitter"),
                                                 [] { return QByteArray(); }};
inline constexpr Key<QByteArray> besideSplitter{QLatin1StringView("window/besideSplitter"),
                                                [] { return QByteArray(); }};
inline constexpr Key<QByteArray> stackedSplitter{QLatin1StringView("window/stackedSplitter"),
                                                 [] { return QByteArray(); }};

// Groups of the sidebar that are closed, by their paths; the empty one is OpenSSH's.
inline constexpr Key<QStringList> collapsedGroups{QLatin1StringView("window/collapsedGroups"),
                                                  [] { return QStringList(); }};

// Keys that the user has chosen: "window/palette=Ctrl+Alt+K; F2", as ui::KeyBindings has them.
inline constexpr Key<QStringList> shortcuts{QLatin1StringView("window/shortcuts"),
                                            [] { return QStringList(); }};

// Ids of the sessions that were connected to, the latest first.
inline constexpr Key<QStringList> recentSessions{QLatin1StringView("window/recentSessions"),
                                                 [] { return QStringList(); }};

// traditional, iec, si or bytes: the units of sizes in all windows, see ui::SizeUnits.
inline constexpr Key<QString> sizeUnits{QLatin1StringView("window/sizeUnits"),
                                        [] { return QStringLiteral("traditional"); }};

// Columns, their widths and order, and hidden files of the two panes, as FilesView keeps them.
inline constexpr Key<QByteArray> filesView{QLatin1StringView("window/filesView"),
                                           [] { return QByteArray(); }};

// Folders that the user comes back to: for each place ("local", "me@web01:22") a list of paths,
// percent-encoded because they need not be text.
inline constexpr Key<QVariantMap> bookmarks{QLatin1StringView("files/bookmarks"),
                                            [] { return QVariantMap(); }};

// Commands that files were opened with, the last one first.
inline constexpr Key<QStringList> editPrograms{QLatin1StringView("files/editPrograms"),
                                               [] { return QStringList(); }};

} // namespace keys
} // namespace settings
