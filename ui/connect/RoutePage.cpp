#include "ui/connect/RoutePage.h"

#include "base/DisplayText.h"
#include "net/IpAddress.h"
#include "profiles/OpenSshConfig.h"
#include "profiles/ProxyText.h"
#include "profiles/TargetName.h"
#include "ssh/RouteSettings.h"
#include "ui/connect/InheritedFields.h"
#include "ui/errors/ErrorText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

using profiles::OpenSshConfig;
using profiles::OpenSshOptions;
using profiles::Profile;
using profiles::ProfileRoute;
using ProxyKind = base::ProxyAddress::Kind;

namespace fields = profiles::fields;

enum Through { Inherited, Direct, Socks, Http, Command }; // rows of the box

constexpr int inheritedFamily = -1;

// As ssh_config(5) has it for ProxyJump, and a word for a bind address that is not inherited.
constexpr QLatin1StringView noJumpHosts("none");
constexpr QLatin1StringView anyAddress("any");

// Ports that are usual for the two (RFC 1928 section 3, and squid's).
constexpr quint16 socksPort = 1080;
constexpr quint16 httpPort = 3128;

QString familyText(base::AddressFamily family)
{
    switch (family) {
    case base::AddressFamily::IPv4:
        return RoutePage::tr("IPv4 only");
    case base::AddressFamily::IPv6:
        return RoutePage::tr("IPv6 only");
    case base::AddressFamily::Any:
        break;
    }
    return RoutePage::tr("IPv4 and IPv6");
}

// One line is one host, so that each way to write it has a line of its own.
QString jumpHostHint()
{
    return RoutePage::tr("a session, a host of ~/.ssh/config, or user@host:port\n"
                         "in each line, the nearest first");
}

QString throughText(const ProfileRoute &route)
{
    if (route.proxy) {
        return base::displayText(profiles::proxyText(*route.proxy));
    }
    return route.proxyCommand.isEmpty() ? RoutePage::tr("Nothing")
                                        : base::displayText(route.proxyCommand);
}

// Where a long program or address must not widen the page.
QComboBox *createBox(const QString &objectName)
{
    constexpr int shownCharacters = 20;
    auto *box = new QComboBox;
    box->setObjectName(objectName);
    box->setMinimumContentsLength(shownCharacters);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

} // namespace

RoutePage::RoutePage(QList<Profile> saved, QStringList aliases, QWidget *parent)
    : ProfilePage(tr("Route"), parent)
    , m_saved(std::move(saved))
    , m_aliases(std::move(aliases))
    , m_jumpHosts(createLines(QStringLiteral("profileJumpHosts"), jumpHostHint()))
    , m_through(createBox(QStringLiteral("profileThrough")))
    , m_details(new QStackedWidget)
    , m_proxyHost(createLine(QStringLiteral("profileProxyHost"), tr("name or address")))
    , m_proxyPort(new QSpinBox)
    , m_proxyUser(createLine(QStringLiteral("profileProxyUser"), tr("without login")))
    , m_command(
          createLine(QStringLiteral("profileProxyCommand"), QStringLiteral("ssh -W %h:%p bastion")))
    , m_family(createBox(QStringLiteral("profileAddressFamily")))
    , m_bindAddress(createLine(QStringLiteral("profileBindAddress"), tr("any")))
{
    createWays();
    addRow(tr("&Jump hosts"), m_jumpHosts);
    addRow(tr("&Through"), m_through);
    addRow(m_details);
    addRow(tr("A&ddresses"), m_family);
    addRow(tr("Connect &from"), m_bindAddress);
    m_details->hide();
    setFocusProxy(m_jumpHosts);
}

void RoutePage::createWays()
{
    m_through->addItems(
        {throughText({}), tr("Nothing"), tr("SOCKS5 proxy"), tr("HTTP proxy"), tr("Program")});
    m_family->addItem(familyText(base::AddressFamily::Any), inheritedFamily);
    for (const auto family :
         {base::AddressFamily::Any, base::AddressFamily::IPv4, base::AddressFamily::IPv6}) {
        m_family->addItem(familyText(family), static_cast<int>(family));
    }
    m_details->addWidget(createProxy());
    m_details->addWidget(createCommand());
    connect(m_through, &QComboBox::currentIndexChanged, this, &RoutePage::showDetails);
}

void RoutePage::showDetails()
{
    const int through = m_through->currentIndex();
    m_details->setCurrentIndex(through == Command ? 1 : 0);
    m_details->setVisible(through == Socks || through == Http || through == Command);
    const bool isUsual = m_proxyPort->value() == socksPort || m_proxyPort->value() == httpPort;
    if (isUsual) {
        m_proxyPort->setValue(through == Http ? httpPort : socksPort);
    }
}

QWidget *RoutePage::createProxy()
{
    m_proxyPort->setObjectName(QStringLiteral("profileProxyPort"));
    m_proxyPort->setAccessibleName(tr("Port of the proxy"));
    m_proxyPort->setRange(1, 65535);
    m_proxyPort->setValue(socksPort);
    m_proxyHost->setAccessibleName(tr("Host of the proxy"));
    m_proxyUser->setAccessibleName(tr("User for the proxy"));
    auto *server = new QHBoxLayout;
    server->addWidget(m_proxyHost, 1);
    server->addWidget(new QLabel(tr("Port")));
    server->addWidget(m_proxyPort);
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins({});
    form->addRow(tr("Host"), server);
    form->addRow(tr("User"), m_proxyUser);
    form->addRow(new PlainLabel(tr("Its password is asked for, and sent without encryption."),
                                PlainLabel::Role::Subtle));
    return page;
}

QWidget *RoutePage::createCommand()
{
    m_command->setAccessibleName(tr("Command"));
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->addWidget(m_command);
    layout->addWidget(new PlainLabel(
        tr("%h is the host, %p its port, %r the user. The program connects, and passes on what "
           "comes and goes; it runs without a shell unless the text needs one."),
        PlainLabel::Role::Subtle));
    layout->addStretch();
    return page;
}

QString RoutePage::nameOf(const ProfileRoute::JumpHost &host) const
{
    if (const auto *address = std::get_if<profiles::TargetAddress>(&host)) {
        return address->toString();
    }
    const auto &reference = std::get<profiles::ProfileReference>(host);
    if (const QString alias = OpenSshConfig::aliasOf(reference); !alias.isEmpty()) {
        return alias;
    }
    const QString &id = reference.id;
    const auto found = std::ranges::find(m_saved, id, &Profile::id);
    return found == m_saved.end() ? id : found->title();
}

base::Result<ProfileRoute::JumpHost, profiles::AddressError> RoutePage::jumpHostFrom(
    const QString &line) const
{
    const auto isNamed = [&](const Profile &profile) {
        return line.compare(profile.title(), Qt::CaseInsensitive) == 0 || line == profile.id;
    };
    if (const auto found = std::ranges::find_if(m_saved, isNamed); found != m_saved.end()) {
        return profiles::ProfileReference{found->id};
    }
    if (m_aliases.contains(line)) {
        return OpenSshConfig::referenceTo(line);
    }
    for (const ProfileRoute::JumpHost &before : m_profile.route.jumpHosts) {
        if (line == nameOf(before)) { // one that is gone: the chain's problem, not the line's
            return before;
        }
    }
    return profiles::TargetAddress::parse(line).transform(
        [](const profiles::TargetAddress &address) { return ProfileRoute::JumpHost(address); });
}

bool RoutePage::isWithoutJumpHosts() const
{
    return linesOf(*m_jumpHosts) == QStringList(noJumpHosts);
}

void RoutePage::load(const Profile &profile)
{
    m_profile = profile;
    const ProfileRoute &route = profile.route;
    QStringList hosts;
    for (const ProfileRoute::JumpHost &host : route.jumpHosts) {
        hosts.append(nameOf(host));
    }
    if (hosts.isEmpty() && profile.isOwn(fields::jumpHosts)) {
        hosts.append(noJumpHosts);
    }
    m_jumpHosts->setPlainText(hosts.join(u'\n'));
    if (route.proxy) {
        m_through->setCurrentIndex(route.proxy->kind == ProxyKind::Http ? Http : Socks);
        m_proxyHost->setText(route.proxy->host);
        m_proxyPort->setValue(route.proxy->port);
        m_proxyUser->setText(route.proxy->user);
    } else if (!route.proxyCommand.isEmpty()) {
        m_through->setCurrentIndex(Command);
        m_command->setText(route.proxyCommand);
    } else {
        m_through->setCurrentIndex(profile.isOwn(fields::through) ? Direct : Inherited);
    }
    m_family->setCurrentIndex(m_family->findData(profile.isOwn(fields::addressFamily)
                                                     ? static_cast<int>(route.addressFamily)
                                                     : inheritedFamily));
    const bool isAny = route.bindAddress.isEmpty() && profile.isOwn(fields::bindAddress);
    m_bindAddress->setText(isAny ? QString(anyAddress) : route.bindAddress);
}

void RoutePage::store(Profile &profile) const
{
    ProfileRoute route;
    const QStringList lines = isWithoutJumpHosts() ? QStringList() : linesOf(*m_jumpHosts);
    for (const QString &line : lines) {
        if (const auto host = jumpHostFrom(line)) {
            route.jumpHosts.append(*host);
        }
    }
    const int through = m_through->currentIndex();
    if (through == Socks || through == Http) {
        route.proxy = base::ProxyAddress{
            through == Http ? ProxyKind::Http : ProxyKind::Socks5, m_proxyHost->text().trimmed(),
            static_cast<quint16>(m_proxyPort->value()), m_proxyUser->text().trimmed()};
    } else if (through == Command) {
        route.proxyCommand = m_command->text().trimmed();
    }
    const int family = m_family->currentData().toInt();
    if (family != inheritedFamily) {
        route.addressFamily = static_cast<base::AddressFamily>(family);
    }
    const QString bindAddress = m_bindAddress->text().trimmed();
    const bool isAny = bindAddress == anyAddress;
    route.bindAddress = isAny ? QString() : bindAddress;
    profile.route = route;
    profile.keepDefault(fields::jumpHosts, isWithoutJumpHosts());
    profile.keepDefault(fields::through, through == Direct);
    profile.keepDefault(fields::addressFamily, family != inheritedFamily);
    profile.keepDefault(fields::bindAddress, isAny);
}

void RoutePage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_inherited = inherited;
    const ProfileRoute &route = inherited.profile.route;
    QStringList hosts;
    for (const ProfileRoute::JumpHost &host : route.jumpHosts) {
        hosts.append(base::displayText(nameOf(host)));
    }
    m_jumpHosts->setPlaceholderText(
        hosts.isEmpty() ? jumpHostHint()
                        : tr("%1 (“none” goes without)")
                              .arg(inheritedText(hosts.join(tr(", then ")),
                                                 inherited.origin(fields::jumpHosts))));
    const QString through = inheritedText(throughText(route), inherited.origin(fields::through));
    m_through->setItemText(Inherited, through);
    m_through->setItemData(Inherited, through, Qt::ToolTipRole);
    m_family->setItemText(
        0, inheritedText(familyText(route.addressFamily), inherited.origin(fields::addressFamily)));
    m_bindAddress->setPlaceholderText(route.bindAddress.isEmpty()
                                          ? QString(anyAddress)
                                          : inheritedText(base::displayText(route.bindAddress),
                                                          inherited.origin(fields::bindAddress)));
}

QString RoutePage::problem() const
{
    for (const QString &text : {jumpHostProblem(), proxyProblem()}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    const QString bindAddress = m_bindAddress->text().trimmed();
    if (!bindAddress.isEmpty() && bindAddress != anyAddress
        && !net::IpAddress::parse(bindAddress)) {
        return tr("“Connect from” takes a numeric address of this computer.");
    }
    return chainProblem();
}

QString RoutePage::jumpHostProblem() const
{
    const QStringList lines = isWithoutJumpHosts() ? QStringList() : linesOf(*m_jumpHosts);
    for (const QString &line : lines) {
        if (const auto host = jumpHostFrom(line); !host) {
            return tr("The jump host “%1” is neither a session, nor a host of ~/.ssh/config, nor "
                      "an "
                      "address. %2")
                .arg(line, addressErrorText(host.error()));
        }
    }
    return {};
}

QString RoutePage::proxyProblem() const
{
    Profile profile;
    store(profile);
    if (m_through->currentIndex() == Command && profile.route.proxyCommand.isEmpty()) {
        return tr("The command of the program is missing.");
    }
    if (!profile.route.proxy) {
        return {};
    }
    const base::ProxyAddress &proxy = *profile.route.proxy;
    if (!profiles::isAcceptableHost(proxy.host)) {
        return tr("The host of the proxy is no name or address.");
    }
    const bool isUserFine = proxy.user.isEmpty() || profiles::isAcceptableUser(proxy.user);
    return isUserFine ? QString() : proxyErrorText(profiles::ProxyTextError::BadUser);
}

// As if nothing were configured for them: what is, counts when they are connected to.
ssh::AliasHosts RoutePage::plainHosts() const
{
    ssh::AliasHosts hosts;
    const auto insert = [&hosts](const QString &alias) {
        if (!alias.isEmpty()) {
            hosts.insert(alias, {OpenSshOptions::ofPlainBlocks(alias, {}), {}});
        }
    };
    std::ranges::for_each(m_aliases, insert);
    for (const Profile &profile : m_saved + QList{m_profile, m_inherited.profile}) {
        for (const ProfileRoute::JumpHost &host : profile.route.jumpHosts) {
            if (const auto *reference = std::get_if<profiles::ProfileReference>(&host)) {
                insert(OpenSshConfig::aliasOf(*reference)); // perhaps one that is gone
            }
        }
    }
    return hosts;
}

// A circle, or a session that is gone.
QString RoutePage::chainProblem() const
{
    Profile profile = m_profile;
    store(profile);
    if (!profile.isOwn(fields::jumpHosts)) {
        profile.route.jumpHosts = m_inherited.profile.route.jumpHosts;
    }
    const ssh::ProfileLookup lookup = [&](const Profile::Id &id) {
        const auto found = std::ranges::find(m_saved, id, &Profile::id);
        return id == profile.id      ? std::optional(profile)
            : found == m_saved.end() ? std::nullopt
                                     : std::optional(*found);
    };
    const auto loginOf = [](const Profile &) { return ssh::ConnectionSettings(); };
    const auto settings = ssh::RouteSettings(loginOf, lookup, plainHosts()).settingsOf(profile);
    const auto *none = std::get_if<ssh::NoRoute>(&settings.route);
    return none == nullptr ? QString() : tr("There is no such route: %1.").arg(none->reason.quote);
}

} // namespace ui
