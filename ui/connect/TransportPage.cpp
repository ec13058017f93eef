#include "ui/connect/TransportPage.h"

#include "ui/connect/AlgorithmListEdit.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace ui {
namespace {

using profiles::AlgorithmPreset;

constexpr quint64 mebibyte = quint64(1) << 20;
constexpr int highestMebibytes = 1 << 20; // a tebibyte: no cipher should go further
constexpr int highestMinutes = 7 * 24 * 60;
constexpr int asInSettings = -1;

QSpinBox *createNumber(const QString &objectName, const QString &name, int lowest, int highest,
                       const QString &lowestText)
{
    auto *box = new QSpinBox;
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setRange(lowest, highest);
    box->setSpecialValueText(lowestText);
    return box;
}

QCheckBox *createSwitch(const QString &objectName, const QString &text)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(objectName);
    return box;
}

} // namespace

TransportPage::TransportPage(QWidget *parent)
    : ProfilePage(tr("Connection"), parent)
    , m_interval(createNumber(QStringLiteral("profileKeepAlive"), tr("Seconds of silence"),
                              asInSettings, static_cast<int>(profiles::longestKeepAlive.count()),
                              tr("as in the settings")))
    , m_count(createNumber(QStringLiteral("profileKeepAliveCount"), tr("Unanswered questions"), 0,
                           profiles::highestKeepAliveCount, tr("as in the settings")))
    , m_reconnects(
          createSwitch(QStringLiteral("profileReconnects"), tr("&Reconnect after a lost network")))
    , m_compress(createSwitch(QStringLiteral("profileCompress"), tr("Co&mpress what is sent")))
    , m_tcpKeepAlive(createSwitch(QStringLiteral("profileTcpKeepAlive"),
                                  tr("Let the system &probe idle connections")))
    , m_rekeyMebibytes(createNumber(QStringLiteral("profileRekeyMebibytes"),
                                    tr("New keys after so many MiB"), 0, highestMebibytes,
                                    tr("automatic")))
    , m_rekeyMinutes(createNumber(QStringLiteral("profileRekeyMinutes"),
                                  tr("New keys after so many minutes"), 0, highestMinutes,
                                  tr("no limit")))
    , m_preset(new QComboBox)
    , m_warning(new PlainLabel(tr("Old devices get SHA-1, CBC and other weak algorithms offered "
                                  "as well. The tab of this session will show it."),
                               PlainLabel::Role::Danger))
    , m_algorithms(new AlgorithmListEdit)
{
    m_preset->setObjectName(QStringLiteral("profilePreset"));
    m_preset->addItem(tr("Modern"), static_cast<int>(AlgorithmPreset::Modern));
    m_preset->addItem(tr("Old devices"), static_cast<int>(AlgorithmPreset::OldDevices));
    m_warning->setObjectName(QStringLiteral("profilePresetWarning"));
    createKeepAliveRow();
    addRow(m_reconnects);
    addRow(m_tcpKeepAlive);
    addRow(m_compress);
    createRekeyRow();
    addRow(tr("&Algorithms"), m_preset);
    addRow(m_warning);
    addRow(m_algorithms);
    setFocusProxy(m_interval);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &TransportPage::choosePreset);
}

void TransportPage::createKeepAliveRow()
{
    m_interval->setSuffix(tr(" s"));
    auto *label = new QLabel(tr("&unanswered"));
    label->setBuddy(m_count);
    auto *row = new QHBoxLayout;
    row->addWidget(m_interval, 1);
    row->addWidget(label);
    row->addWidget(m_count, 1);
    addRow(tr("&Ask when silent for"), m_interval, row);
}

void TransportPage::createRekeyRow()
{
    m_rekeyMebibytes->setSuffix(tr(" MiB"));
    m_rekeyMinutes->setSuffix(tr(" min"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_rekeyMebibytes, 1);
    row->addWidget(m_rekeyMinutes, 1);
    addRow(tr("&New keys after"), m_rekeyMebibytes, row);
}

void TransportPage::choosePreset()
{
    const auto preset = static_cast<AlgorithmPreset>(m_preset->currentData().toInt());
    m_warning->setVisible(preset == AlgorithmPreset::OldDevices);
    m_algorithms->setPreset(preset);
}

void TransportPage::load(const profiles::Profile &profile)
{
    const profiles::Transport &transport = profile.transport;
    m_interval->setValue(transport.keepAliveInterval
                             ? static_cast<int>(transport.keepAliveInterval->count())
                             : asInSettings);
    m_count->setValue(transport.keepAliveCount.value_or(0));
    m_reconnects->setChecked(transport.reconnects);
    m_compress->setChecked(transport.compress);
    m_tcpKeepAlive->setChecked(transport.tcpKeepAlive);
    m_rekeyMebibytes->setValue(static_cast<int>((transport.rekeyBytes + mebibyte - 1) / mebibyte));
    m_rekeyMinutes->setValue(
        static_cast<int>(std::chrono::ceil<std::chrono::minutes>(transport.rekeyTime).count()));
    m_algorithms->load(transport);
    m_preset->setCurrentIndex(m_preset->findData(static_cast<int>(transport.preset)));
    choosePreset();
}

void TransportPage::store(profiles::Profile &profile) const
{
    profiles::Transport &transport = profile.transport;
    const int interval = m_interval->value();
    transport.keepAliveInterval
        = interval == asInSettings ? std::nullopt : std::optional(std::chrono::seconds(interval));
    transport.keepAliveCount
        = m_count->value() == 0 ? std::nullopt : std::optional(m_count->value());
    transport.reconnects = m_reconnects->isChecked();
    transport.compress = m_compress->isChecked();
    transport.tcpKeepAlive = m_tcpKeepAlive->isChecked();
    transport.rekeyBytes = static_cast<quint64>(m_rekeyMebibytes->value()) * mebibyte;
    transport.rekeyTime = std::chrono::minutes(m_rekeyMinutes->value());
    transport.preset = static_cast<AlgorithmPreset>(m_preset->currentData().toInt());
    m_algorithms->store(transport);
}

QString TransportPage::problem() const
{
    return m_algorithms->problem();
}

} // namespace ui
