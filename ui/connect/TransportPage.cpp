#include "ui/connect/TransportPage.h"

#include "ui/connect/AlgorithmListEdit.h"
#include "ui/connect/InheritedFields.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QDir>
#include <QLineEdit>

#include <chrono>
#include <optional>

namespace ui {
namespace {

using profiles::AlgorithmPreset;
using profiles::Profile;
using profiles::Transport;

namespace fields = profiles::fields;

constexpr quint64 mebibyte = quint64(1) << 20;
constexpr int highestMebibytes = 1 << 20; // a tebibyte: no cipher should go further
constexpr int highestMinutes = 7 * 24 * 60;

template<typename Box>
Box *named(Box *box, const QString &objectName)
{
    box->setObjectName(objectName);
    return box;
}

InheritedCheckBox *createSwitch(const QString &objectName, const QString &text,
                                QLatin1StringView field, bool Transport::*member)
{
    const auto value = [member](Profile &profile) -> bool & { return profile.transport.*member; };
    return named(new InheritedCheckBox(text, field, value), objectName);
}

int toMebibytes(quint64 bytes)
{
    return static_cast<int>((bytes + mebibyte - 1) / mebibyte);
}

int toMinutes(std::chrono::seconds time)
{
    return static_cast<int>(std::chrono::ceil<std::chrono::minutes>(time).count());
}

std::optional<int> ifOwn(const Profile &profile, QLatin1StringView field, int value)
{
    return profile.isOwn(field) ? std::optional(value) : std::nullopt;
}

} // namespace

TransportPage::TransportPage(Scope scope, QWidget *parent)
    : ProfilePage(tr("Connection"), parent)
    , m_sftpServer(createLine(QStringLiteral("profileSftpServer"),
                              tr("the server's own; a command; or sudo, for files as root")))
    , m_remoteDirectory(
          createLine(QStringLiteral("profileRemoteDirectory"), tr("where the login begins")))
    , m_localDirectory(createLine(QStringLiteral("profileLocalDirectory"), QDir::homePath()))
    , m_interval(
          named(new InheritedNumberBox(0, static_cast<int>(profiles::longestKeepAlive.count()),
                                       tr(" s"), tr("never")),
                QStringLiteral("profileKeepAlive")))
    , m_count(named(new InheritedNumberBox(1, profiles::highestKeepAliveCount),
                    QStringLiteral("profileKeepAliveCount")))
    , m_reconnects(createSwitch(QStringLiteral("profileReconnects"),
                                tr("&Reconnect after a lost network"), fields::reconnects,
                                &Transport::reconnects))
    , m_compress(createSwitch(QStringLiteral("profileCompress"), tr("Co&mpress what is sent"),
                              fields::compress, &Transport::compress))
    , m_tcpKeepAlive(createSwitch(QStringLiteral("profileTcpKeepAlive"),
                                  tr("Let the system &probe idle connections"),
                                  fields::tcpKeepAlive, &Transport::tcpKeepAlive))
    , m_rekeyMebibytes(
          named(new InheritedNumberBox(0, highestMebibytes, u' ' + mebibyteName(), tr("automatic")),
                QStringLiteral("profileRekeyMebibytes")))
    , m_rekeyMinutes(named(new InheritedNumberBox(0, highestMinutes, tr(" min"), tr("no limit")),
                           QStringLiteral("profileRekeyMinutes")))
    , m_transferConnections(named(new InheritedNumberBox(1, profiles::mostTransferConnections),
                                  QStringLiteral("profileTransferConnections")))
    , m_preset(named(new QComboBox, QStringLiteral("profilePreset")))
    , m_warning(new PlainLabel(tr("Old devices get SHA-1, CBC and other weak algorithms offered "
                                  "as well. The tab of this session will show it."),
                               PlainLabel::Role::Danger))
    , m_algorithms(new AlgorithmListEdit(scope == Scope::Session
                                             ? AlgorithmListEdit::Choice::All
                                             : AlgorithmListEdit::Choice::ModernOnly))
{
    addRow(tr("&Ask when silent for"), m_interval);
    addRow(tr("&Questions without answer"), m_count);
    addRow(m_reconnects);
    addRow(m_tcpKeepAlive);
    addRow(m_compress);
    addRow(tr("&New keys after"), m_rekeyMebibytes);
    addRow(tr("New keys at &least every"), m_rekeyMinutes);
    addRow(tr("Connections for &transfers"), m_transferConnections);
    addRow(tr("&SFTP server"), m_sftpServer);
    addRow(tr("Files begin &in"), m_remoteDirectory);
    addRow(tr("And &here in"), m_localDirectory);
    for (QWidget *field : {m_sftpServer, m_remoteDirectory, m_localDirectory}) {
        setRowVisible(field, scope == Scope::Session);
    }
    createPresetRow();
    setRowVisible(m_preset, scope == Scope::Session);
    if (scope == Scope::Group) {
        addRow(tr("&Algorithms"), m_algorithms);
    } else {
        addRow(m_algorithms);
    }
    setFocusProxy(m_interval);
}

void TransportPage::createPresetRow()
{
    m_preset->addItem(tr("Modern"), static_cast<int>(AlgorithmPreset::Modern));
    m_preset->addItem(tr("Old devices"), static_cast<int>(AlgorithmPreset::OldDevices));
    m_warning->setObjectName(QStringLiteral("profilePresetWarning"));
    addRow(tr("&Algorithms"), m_preset);
    addRow(m_warning);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &TransportPage::choosePreset);
}

void TransportPage::choosePreset()
{
    const auto preset = static_cast<AlgorithmPreset>(m_preset->currentData().toInt());
    m_warning->setVisible(preset == AlgorithmPreset::OldDevices);
    m_algorithms->setPreset(preset);
}

void TransportPage::load(const Profile &profile)
{
    const Transport &transport = profile.transport;
    m_interval->load(transport.keepAliveInterval.transform(
        [](std::chrono::seconds interval) { return static_cast<int>(interval.count()); }));
    m_count->load(transport.keepAliveCount);
    m_reconnects->load(profile);
    m_compress->load(profile);
    m_tcpKeepAlive->load(profile);
    m_rekeyMebibytes->load(ifOwn(profile, fields::rekeyBytes, toMebibytes(transport.rekeyBytes)));
    m_rekeyMinutes->load(ifOwn(profile, fields::rekeyTime, toMinutes(transport.rekeyTime)));
    m_transferConnections->load(
        ifOwn(profile, fields::transferConnections, transport.transferConnections));
    m_preset->setCurrentIndex(m_preset->findData(static_cast<int>(transport.preset)));
    choosePreset();
    m_sftpServer->setText(profile.sftpServer);
    m_remoteDirectory->setText(profile.remoteDirectory);
    m_localDirectory->setText(profile.localDirectory);
    m_algorithms->load(profile);
}

void TransportPage::store(Profile &profile) const
{
    Transport &transport = profile.transport;
    transport.keepAliveInterval
        = m_interval->own().transform([](int interval) { return std::chrono::seconds(interval); });
    transport.keepAliveCount = m_count->own();
    m_reconnects->store(profile);
    m_compress->store(profile);
    m_tcpKeepAlive->store(profile);
    const std::optional<int> mebibytes = m_rekeyMebibytes->own();
    transport.rekeyBytes = static_cast<quint64>(mebibytes.value_or(0)) * mebibyte;
    profile.keepDefault(fields::rekeyBytes, mebibytes.has_value());
    const std::optional<int> minutes = m_rekeyMinutes->own();
    transport.rekeyTime = std::chrono::minutes(minutes.value_or(0));
    profile.keepDefault(fields::rekeyTime, minutes.has_value());
    const std::optional<int> connections = m_transferConnections->own();
    transport.transferConnections = connections.value_or(Transport().transferConnections);
    profile.keepDefault(fields::transferConnections, connections.has_value());
    transport.preset = static_cast<AlgorithmPreset>(m_preset->currentData().toInt());
    m_algorithms->store(profile);
    profile.sftpServer = m_sftpServer->text().trimmed();
    profile.remoteDirectory = m_remoteDirectory->text().trimmed();
    profile.localDirectory = m_localDirectory->text().trimmed();
}

void TransportPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    const Transport &transport = inherited.profile.transport;
    m_interval->showInherited(
        static_cast<int>(transport.keepAliveInterval.value_or(std::chrono::seconds(0)).count()),
        inherited.origin(fields::keepAlive));
    m_count->showInherited(transport.keepAliveCount.value_or(1),
                           inherited.origin(fields::keepAliveCount));
    m_reconnects->showInherited(inherited);
    m_compress->showInherited(inherited);
    m_tcpKeepAlive->showInherited(inherited);
    m_rekeyMebibytes->showInherited(toMebibytes(transport.rekeyBytes),
                                    inherited.origin(fields::rekeyBytes));
    m_rekeyMinutes->showInherited(toMinutes(transport.rekeyTime),
                                  inherited.origin(fields::rekeyTime));
    m_transferConnections->showInherited(transport.transferConnections,
                                         inherited.origin(fields::transferConnections));
    m_algorithms->showInherited(inherited);
}

QString TransportPage::problem() const
{
    return m_algorithms->problem();
}

} // namespace ui
