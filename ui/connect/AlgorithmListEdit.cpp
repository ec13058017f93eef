#include "ui/connect/AlgorithmListEdit.h"

#include "ssh/Algorithms.h"
#include "ssh/Weakness.h"
#include "ui/connect/InheritedFields.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using profiles::AlgorithmList;

constexpr int shownLines = 6;

QString listName(AlgorithmList list)
{
    switch (list) {
    case AlgorithmList::KeyExchange:
        return AlgorithmListEdit::tr("Key exchanges");
    case AlgorithmList::HostKey:
        return AlgorithmListEdit::tr("Host keys");
    case AlgorithmList::Cipher:
        return AlgorithmListEdit::tr("Ciphers");
    case AlgorithmList::Mac:
        return AlgorithmListEdit::tr("Integrity (MAC)");
    case AlgorithmList::PublicKey:
        break;
    }
    return AlgorithmListEdit::tr("Keys to log in with");
}

std::size_t indexOf(AlgorithmList list)
{
    return static_cast<std::size_t>(list);
}

// That it is not post-quantum is true of all that there is, and says nothing here.
bool isWeak(AlgorithmList list, const QString &name)
{
    const auto weakness = ssh::weaknessOf(list, name);
    return weakness && *weakness != ssh::Weakness::NotPostQuantum;
}

QToolButton *createButton(const char *icon, const QString &text, const QString &objectName,
                          QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(objectName);
    button->setIcon(Icons::icon(QString::fromLatin1(icon)));
    button->setAccessibleName(text);
    button->setToolTip(text);
    return button;
}

} // namespace

AlgorithmListEdit::AlgorithmListEdit(Choice choice, QWidget *parent)
    : QWidget(parent)
    , m_choice(choice)
    , m_which(new QComboBox(this))
    , m_names(new QListWidget(this))
    , m_up(createButton("chevron-up", tr("Prefer"), QStringLiteral("algorithmUp"), this))
    , m_down(createButton("chevron-down", tr("Prefer less"), QStringLiteral("algorithmDown"), this))
    , m_reset(createButton("refresh", tr("As inherited"), QStringLiteral("algorithmReset"), this))
    , m_remark(new PlainLabel({}, PlainLabel::Role::Subtle, this))
{
    m_which->setObjectName(QStringLiteral("algorithmList"));
    m_which->setAccessibleName(tr("List of algorithms"));
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        m_which->addItem(listName(list), static_cast<int>(list));
    }
    m_names->setObjectName(QStringLiteral("algorithmNames"));
    m_names->setAccessibleName(tr("Algorithms, the preferred first"));
    m_names->setDragDropMode(QAbstractItemView::InternalMove);
    m_names->setMinimumHeight(fontMetrics().lineSpacing() * shownLines);
    auto *buttons = new QVBoxLayout;
    for (QToolButton *button : {m_up, m_down, m_reset}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *row = new QHBoxLayout;
    row->addWidget(m_names, 1);
    row->addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_which);
    layout->addLayout(row, 1);
    layout->addWidget(m_remark);
    m_remark->setObjectName(QStringLiteral("algorithmOrigin"));
    setFocusProxy(m_which);

    connect(m_which, &QComboBox::currentIndexChanged, this, &AlgorithmListEdit::showList);
    connect(m_names, &QListWidget::itemChanged, this, &AlgorithmListEdit::takeList);
    connect(m_names->model(), &QAbstractItemModel::rowsMoved, this, &AlgorithmListEdit::takeList);
    connect(m_names, &QListWidget::currentRowChanged, this, &AlgorithmListEdit::updateButtons);
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_reset, &QToolButton::clicked, this, &AlgorithmListEdit::reset);
}

void AlgorithmListEdit::load(const profiles::Profile &profile)
{
    m_preset = profile.transport.preset;
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        const bool isOwn = profile.isOwn(profiles::fields::algorithmLists.at(indexOf(list)));
        m_own.at(indexOf(list))
            = isOwn ? std::optional(ssh::algorithmsOf(profile.transport, list)) : std::nullopt;
    }
    showList();
}

void AlgorithmListEdit::setPreset(profiles::AlgorithmPreset preset)
{
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        auto &own = m_own.at(indexOf(list));
        if (own == ssh::presetAlgorithms(list, m_preset)) {
            own = ssh::presetAlgorithms(list, preset);
        }
    }
    m_preset = preset;
    showList();
}

void AlgorithmListEdit::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_inherited = inherited;
    showList();
}

void AlgorithmListEdit::store(profiles::Profile &profile) const
{
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        const auto &own = m_own.at(indexOf(list));
        const bool isPreset = own == ssh::presetAlgorithms(list, m_preset);
        profile.transport.list(list) = own && !isPreset ? *own : QStringList();
        profile.keepDefault(profiles::fields::algorithmLists.at(indexOf(list)), own.has_value());
    }
}

QString AlgorithmListEdit::problem() const
{
    for (const AlgorithmList list : profiles::allAlgorithmLists) {
        if (m_own.at(indexOf(list)) == QStringList()) {
            return tr("No algorithm is left in the list “%1”: check one at least.")
                .arg(listName(list));
        }
    }
    return {};
}

AlgorithmList AlgorithmListEdit::current() const
{
    return static_cast<AlgorithmList>(m_which->currentData().toInt());
}

QStringList AlgorithmListEdit::inheritedNames(AlgorithmList list) const
{
    // As EffectiveProfile has it: "Old devices" hides what the groups say.
    profiles::Transport transport;
    transport.preset = m_preset;
    if (m_preset == profiles::AlgorithmPreset::Modern) {
        transport.list(list) = m_inherited.profile.transport.list(list);
    }
    return ssh::algorithmsOf(transport, list);
}

QStringList AlgorithmListEdit::shownNames(AlgorithmList list) const
{
    return m_own.at(indexOf(list)).value_or(inheritedNames(list));
}

QString AlgorithmListEdit::remark(AlgorithmList list) const
{
    if (m_own.at(indexOf(list))) {
        return tr("changed here");
    }
    const auto origin = m_inherited.origin(profiles::fields::algorithmLists.at(indexOf(list)));
    const bool isGroups = m_preset == profiles::AlgorithmPreset::Modern
        && origin.kind == profiles::ValueOrigin::Kind::Group;
    return isGroups ? originText(origin) : tr("as the preset has them");
}

// What is offered, then the rest to choose from.
void AlgorithmListEdit::showList()
{
    const QSignalBlocker blocker(m_names);
    m_names->clear();
    const AlgorithmList list = current();
    const QStringList offered = shownNames(list);
    QStringList names = offered;
    const QStringList choice = m_choice == Choice::All
        ? ssh::supportedAlgorithms(list)
        : ssh::presetAlgorithms(list, profiles::AlgorithmPreset::Modern);
    for (const QString &name : choice) {
        if (!names.contains(name)) {
            names.append(name);
        }
    }
    for (const QString &name : std::as_const(names)) {
        auto *item
            = new QListWidgetItem(isWeak(list, name) ? tr("%1 (weak)").arg(name) : name, m_names);
        item->setData(Qt::UserRole, name);
        item->setFlags((item->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsDropEnabled);
        item->setCheckState(offered.contains(name) ? Qt::Checked : Qt::Unchecked);
    }
    m_names->setCurrentRow(0);
    updateButtons();
}

void AlgorithmListEdit::takeList()
{
    QStringList offered;
    for (int row = 0; row < m_names->count(); ++row) {
        if (m_names->item(row)->checkState() == Qt::Checked) {
            offered.append(m_names->item(row)->data(Qt::UserRole).toString());
        }
    }
    const AlgorithmList list = current();
    m_own.at(indexOf(list))
        = offered == inheritedNames(list) ? std::nullopt : std::optional(offered);
    updateButtons();
}

void AlgorithmListEdit::move(int by)
{
    const int row = m_names->currentRow();
    if (row < 0 || row + by < 0 || row + by >= m_names->count()) {
        return;
    }
    {
        const QSignalBlocker blocker(m_names);
        QListWidgetItem *item = m_names->takeItem(row);
        m_names->insertItem(row + by, item);
    }
    m_names->setCurrentRow(row + by);
    takeList();
}

void AlgorithmListEdit::reset()
{
    m_own.at(indexOf(current())).reset();
    showList();
}

void AlgorithmListEdit::updateButtons()
{
    const int row = m_names->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_names->count());
    m_reset->setEnabled(m_own.at(indexOf(current())).has_value());
    m_remark->setText(remark(current()));
}

} // namespace ui
