#include "ui/settings/ConnectionDefaultsPage.h"

#include "profiles/Transport.h"
#include "settings/Settings.h"
#include "ui/widgets/PlainLabel.h"

#include <QFormLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int longestConnecting = 3600; // seconds

QSpinBox *createNumber(const QString &objectName, int lowest, int highest)
{
    auto *box = new QSpinBox;
    box->setObjectName(objectName);
    box->setRange(lowest, highest);
    return box;
}

void addRow(QFormLayout &form, const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    field->setAccessibleName(QString(text).remove(u'&'));
    form.addRow(label, field);
}

} // namespace

ConnectionDefaultsPage::ConnectionDefaultsPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Connections"), parent)
    , m_settings(settings)
    , m_connectTimeout(createNumber(QStringLiteral("settingsConnectTimeout"), 1, longestConnecting))
    , m_keepAlive(createNumber(QStringLiteral("settingsKeepAlive"), 0,
                               static_cast<int>(profiles::longestKeepAlive.count())))
    , m_keepAliveCount(createNumber(QStringLiteral("settingsKeepAliveCount"), 1,
                                    profiles::highestKeepAliveCount))
{
    m_connectTimeout->setSuffix(tr(" s"));
    m_keepAlive->setSuffix(tr(" s"));
    m_keepAlive->setSpecialValueText(tr("never"));
    auto *form = new QFormLayout;
    addRow(*form, tr("&Give up connecting after"), m_connectTimeout);
    addRow(*form, tr("Ask a &silent server after"), m_keepAlive);
    addRow(*form, tr("Questions without &answer"), m_keepAliveCount);
    form->addRow(QString(),
                 new PlainLabel(tr("A connection whose server leaves more questions than that "
                                   "unanswered is taken for lost. All of this holds for the next "
                                   "connection, unless its session or group says otherwise."),
                                PlainLabel::Role::Subtle));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);

    const auto keep = [this](QSpinBox *box, const settings::Key<int> &key) {
        connect(box, &QSpinBox::valueChanged, this,
                [this, key](int value) { m_settings.setValue(key, value); });
    };
    keep(m_connectTimeout, settings::keys::connectTimeoutSeconds);
    keep(m_keepAlive, settings::keys::keepAliveSeconds);
    keep(m_keepAliveCount, settings::keys::keepAliveCount);
}

void ConnectionDefaultsPage::load()
{
    const auto show = [this](QSpinBox *box, const settings::Key<int> &key) {
        const QSignalBlocker quiet(box);
        box->setValue(m_settings.value(key));
    };
    show(m_connectTimeout, settings::keys::connectTimeoutSeconds);
    show(m_keepAlive, settings::keys::keepAliveSeconds);
    show(m_keepAliveCount, settings::keys::keepAliveCount);
}

} // namespace ui
