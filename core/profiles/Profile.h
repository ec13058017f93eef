// Profile: a saved server. A value; ProfileStore keeps them.

#pragma once

#include "hostkeys/HostKeyPolicy.h"
#include "profiles/EnvironmentClass.h"
#include "profiles/Forward.h"
#include "profiles/LoginOrder.h"
#include "profiles/ProfileRoute.h"
#include "profiles/TerminalChoice.h"
#include "profiles/Transport.h"

#include <QJsonObject>
#include <QLatin1StringView>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <array>
#include <chrono>
#include <optional>

namespace profiles {

struct InheritableField;

struct Profile
{
    using Id = QString;

    Id id; // never shown, never empty in a stored profile
    QString name; // what the user calls it; empty: the address does
    QString host; // a name or address without brackets, acceptable to isAcceptableHost()
    quint16 port = 22;
    QString user; // empty: the name of the local user

    QStringList identityFiles; // tried first, in this order
    bool useAgent = true;
    bool useDefaultKeys = true; // ~/.ssh/id_*
    bool identitiesOnly = false; // of the agent's keys only those that identityFiles name
    QString identityAgent; // as in ssh_config(5); empty: what the environment says
    LoginOrder loginOrder = defaultLoginOrder();
    std::chrono::minutes rememberFor{15}; // after the connection's end; 0: not at all
    std::optional<hostkeys::HostKeyPolicy> hostKeyPolicy; // absent: what the settings say
    Transport transport;

    ProfileRoute route;
    QList<Forward> forwards;
    bool startsForwards = false; // with Ponto, without a terminal

    QStringList environment; // of programs on the server: acceptable to Variable::parse()
    QString startupCommand; // in the terminal, instead of the login shell; empty: the shell
    bool forwardAgent = false; // lets programs on the server use the SSH agent
    bool asksForAgent = false; // and asks each time a key of it is used
    bool forwardX11 = false; // lets them show windows on this machine

    TerminalChoice terminal;

    // The command that speaks SFTP there; "sudo": the server's own as root; empty: the subsystem.
    QString sftpServer;

    // Where the files of a tab begin: absolute; empty: where the login does, or in the home
    // directory.
    QString remoteDirectory;
    QString localDirectory;

    QString notes;
    QStringList tags; // as normalizedTags() has them
    QString color; // the name of one of the window's colors, perhaps of a newer Ponto; empty: none
    QString icon; // the name of one of the window's icons, likewise
    EnvironmentClass environmentClass = EnvironmentClass::None;

    bool isPinned = false; // stands at the top of the sidebar as well
    int position = 0; // among the sessions of its group, from 1; 0: after those, by its name

    // Where it stands in the tree, as normalizedGroup() has it; empty: at the top. What a session
    // leaves at its default is taken from its groups: see EffectiveProfile.
    QString group;

    // Names of inheritable fields that were set to what is the default anyway, so that no group
    // changes them.
    QSet<QString> keptDefaults;

    // A profile for `address`, with an id of its own, in no store yet.
    static Profile forAddress(const TargetAddress &address);

    // Absent if there is no id, or if host, user, port or route are none: a file may hold anything.
    static std::optional<Profile> fromJson(const QJsonObject &object);

    // What a group has its sessions inherit: a profile without id and host. What is no user or port
    // is left at the default; what is no route becomes one that leads nowhere.
    static Profile defaultsFromJson(const QJsonObject &object);

    // The fields that a session may take from its group.
    static const QList<InheritableField> &inheritableFields();

    // Does the inheritable field have a value of its own here, be it the default?
    bool isOwn(QLatin1StringView field) const;

    // Keeps an inheritable field that has its default, or lets it be inherited again.
    void keepDefault(QLatin1StringView field, bool isKept);

    // `object` with our fields set: what we do not know in it stays.
    QJsonObject toJson(QJsonObject object) const;

    TargetAddress address() const;

    // The name, or the address if there is none.
    QString title() const;

    friend bool operator==(const Profile &, const Profile &) = default;
};

// A field that a group may set as well.
struct InheritableField
{
    QLatin1StringView name; // in the file: "transport/compress" is in the object "transport"
    bool (*isDefault)(const Profile &profile);
    void (*copy)(Profile &to, const Profile &from);

    // Does it have a value of its own there, be it the default?
    bool isOwn(const Profile &profile) const;
};

// Names of the fields in the file, where others than Profile need them.
namespace fields {
inline constexpr QLatin1StringView port("port");
inline constexpr QLatin1StringView user("user");
inline constexpr QLatin1StringView identityFiles("identityFiles");
inline constexpr QLatin1StringView useAgent("useAgent");
inline constexpr QLatin1StringView useDefaultKeys("useDefaultKeys");
inline constexpr QLatin1StringView identitiesOnly("identitiesOnly");
inline constexpr QLatin1StringView identityAgent("identityAgent");
inline constexpr QLatin1StringView loginOrder("loginOrder");
inline constexpr QLatin1StringView rememberFor("rememberForMinutes");
inline constexpr QLatin1StringView hostKeyPolicy("hostKeyPolicy");
inline constexpr QLatin1StringView environment("environment");
inline constexpr QLatin1StringView startupCommand("startupCommand");
inline constexpr QLatin1StringView forwardAgent("forwardAgent");
inline constexpr QLatin1StringView asksForAgent("forwardAgentAsks");
inline constexpr QLatin1StringView forwardX11("forwardX11");
inline constexpr QLatin1StringView tags("tags");
inline constexpr QLatin1StringView color("color");
inline constexpr QLatin1StringView icon("icon");
inline constexpr QLatin1StringView terminalLog("terminal/log");
inline constexpr QLatin1StringView terminalColors("terminal/colors");
inline constexpr QLatin1StringView terminalFontFamily("terminal/fontFamily");
inline constexpr QLatin1StringView terminalFontPoints("terminal/fontPoints");
inline constexpr QLatin1StringView terminalCursor("terminal/cursor");
inline constexpr QLatin1StringView terminalBell("terminal/bell");
inline constexpr QLatin1StringView terminalScrollback("terminal/scrollback");
inline constexpr QLatin1StringView terminalType("terminal/type");
inline constexpr QLatin1StringView environmentClass("environmentClass");
inline constexpr QLatin1StringView compress("transport/compress");
inline constexpr QLatin1StringView keepAlive("transport/keepAliveSeconds");
inline constexpr QLatin1StringView keepAliveCount("transport/keepAliveCount");
inline constexpr QLatin1StringView rekeyBytes("transport/rekeyBytes");
inline constexpr QLatin1StringView rekeyTime("transport/rekeySeconds");
inline constexpr QLatin1StringView tcpKeepAlive("transport/tcpKeepAlive");
inline constexpr QLatin1StringView reconnects("transport/reconnect");
inline constexpr QLatin1StringView transferConnections("transport/transferConnections");
inline constexpr QLatin1StringView jumpHosts("route/jumpHosts");
inline constexpr QLatin1StringView through("route/proxyCommand"); // or a proxy: one of the two
inline constexpr QLatin1StringView addressFamily("route/addressFamily");
inline constexpr QLatin1StringView bindAddress("route/bindAddress");

// In the order of AlgorithmList.
inline constexpr std::array algorithmLists{
    QLatin1StringView("transport/keyExchanges"), QLatin1StringView("transport/hostKeyAlgorithms"),
    QLatin1StringView("transport/ciphers"), QLatin1StringView("transport/macs"),
    QLatin1StringView("transport/publicKeyAlgorithms")};
} // namespace fields

// "Customers/Acme": no blanks around the names, no empty names, no invisible characters, at most
// eight names of 100 characters.
QString normalizedGroup(QStringView path);

// Without blanks around them, empty ones, invisible characters and repetitions in whatever case; at
// most 32 of 60 characters.
QStringList normalizedTags(const QStringList &tags);

// Is that group, or somewhere below it.
bool isInGroup(const QString &path, const QString &ancestor);

// "Customers" of "Customers/Acme"; empty for a group at the top.
QString parentGroup(const QString &path);

} // namespace profiles
