#include "ui/commands/FleetForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int mostRemembered = 50;
constexpr int mostJobs = 256;
constexpr int usualJobs = 32;
constexpr int mostHosts = 100'000;
constexpr int longestTime = 7 * 24 * 3600; // seconds

enum Unit { Servers, Percent };

QLabel *labelOf(const QString &text, QWidget *field)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field);
    return label;
}

} // namespace

FleetForm::FleetForm(QWidget *parent)
    : QWidget(parent)
    , m_command(new QComboBox)
{
    m_command->setObjectName(QStringLiteral("fleetCommand"));
    m_command->setAccessibleName(tr("Command"));
    m_command->setEditable(true);
    m_command->setInsertPolicy(QComboBox::NoInsert);
    m_command->setMaxCount(mostRemembered);
    m_command->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_command->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_command->completer()->setCaseSensitivity(Qt::CaseSensitive);
    m_command->lineEdit()->setPlaceholderText(
        tr("Command, run by the login shell of each server, without input"));
    connect(m_command->lineEdit(), &QLineEdit::returnPressed, this, &FleetForm::submitted);
    connect(m_command, &QComboBox::editTextChanged, this, &FleetForm::changed);
    setFocusProxy(m_command);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_command);
    layout->addWidget(createRules());
    layout->addWidget(m_sharesPassword);
}

QSpinBox *FleetForm::createNumber(const char *name, const QString &accessibleName, int least,
                                  int most)
{
    auto *number = new QSpinBox;
    number->setObjectName(QString::fromLatin1(name));
    number->setAccessibleName(accessibleName);
    number->setRange(least, most);
    return number;
}

QWidget *FleetForm::createRules()
{
    auto *rules = new QWidget;
    m_jobs = createNumber("fleetJobs", tr("Servers at once"), 1, mostJobs);
    m_jobs->setValue(usualJobs);
    m_canary = createNumber("fleetCanary", tr("Servers that go first"), 0, mostHosts);
    m_canary->setSpecialValueText(tr("None"));
    m_canary->setToolTip(tr("So many go first: unless all of them succeed, no other is begun."));
    m_failures = createNumber("fleetStopAfter", tr("Stop after so many failures"), 0, mostHosts);
    m_failures->setSpecialValueText(tr("Never"));
    m_unit = new QComboBox;
    m_unit->setObjectName(QStringLiteral("fleetStopUnit"));
    m_unit->setAccessibleName(tr("Failures are counted in"));
    m_unit->addItem(tr("servers"), Servers);
    m_unit->addItem(tr("% of them"), Percent);
    m_time = createNumber("fleetTimeLimit", tr("Time limit of each"), 0, longestTime);
    m_time->setSpecialValueText(tr("None"));
    m_time->setSuffix(tr(" s"));
    m_sharesPassword = new QCheckBox(tr("One password for all"));
    m_sharesPassword->setObjectName(QStringLiteral("fleetOnePassword"));
    m_sharesPassword->setToolTip(tr("A password that you type for one server is tried on the "
                                    "others with the same user. Only for servers that you trust "
                                    "alike: each of them sees it."));
    connect(m_unit, &QComboBox::currentIndexChanged, this, &FleetForm::updateLimit);
    auto *row = new QHBoxLayout(rules);
    row->setContentsMargins({});
    row->addWidget(labelOf(tr("At once:"), m_jobs));
    row->addWidget(m_jobs);
    row->addWidget(labelOf(tr("First:"), m_canary));
    row->addWidget(m_canary);
    row->addWidget(labelOf(tr("Stop after:"), m_failures));
    row->addWidget(m_failures);
    row->addWidget(m_unit);
    row->addWidget(labelOf(tr("Time limit:"), m_time));
    row->addWidget(m_time);
    row->addStretch();
    return rules;
}

void FleetForm::updateLimit()
{
    m_failures->setMaximum(m_unit->currentData().toInt() == Percent ? 100 : mostHosts);
}

QString FleetForm::command() const
{
    return m_command->currentText();
}

void FleetForm::setCommand(const QString &command)
{
    m_command->setEditText(command);
}

void FleetForm::remember()
{
    const QString text = command();
    m_command->removeItem(m_command->findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive));
    m_command->insertItem(0, text);
    m_command->setCurrentIndex(0);
}

commands::BatchOrder FleetForm::order(const QStringList &hosts) const
{
    commands::BatchOrder order;
    order.hosts = hosts;
    order.command = command().toUtf8();
    order.mostAtOnce = m_jobs->value();
    order.canary = m_canary->value();
    const bool isShare = m_unit->currentData().toInt() == Percent;
    order.stopAfter = isShare ? 0 : m_failures->value();
    order.stopAfterPercent = isShare ? m_failures->value() : 0;
    order.timeLimit = std::chrono::seconds(m_time->value());
    return order;
}

ssh::PromptQueue::Passwords FleetForm::passwords() const
{
    using Passwords = ssh::PromptQueue::Passwords;
    return m_sharesPassword->isChecked() ? Passwords::SharedByUser : Passwords::OfTheirServerOnly;
}

} // namespace ui
