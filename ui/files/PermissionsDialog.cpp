#include "ui/files/PermissionsDialog.h"

#include "ui/files/AttributePreview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using files::FileMode;
using Access = FileMode::Access;
using Special = FileMode::Special;
using Who = FileMode::Who;

constexpr std::array classes{Who::Owner, Who::Group, Who::Other};
constexpr std::array accesses{Access::Read, Access::Write, Access::Execute};
constexpr std::array specials{Special::SetUserId, Special::SetGroupId, Special::Sticky};

enum class Targets { All, Folders, Files };

template<typename Enumeration>
std::size_t indexOf(Enumeration value)
{
    return static_cast<std::size_t>(value);
}

// Octal digits and nothing else: "644" is never read as a decimal number.
QValidator *octalValidator(QObject *parent)
{
    static const QRegularExpression octalDigits(QStringLiteral("[0-7]{3,4}"));
    return new QRegularExpressionValidator(octalDigits, parent);
}

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

} // namespace

PermissionsDialog::PermissionsDialog(const QString &subject, const QList<FileMode> &modes,
                                     Contents contents, QWidget *parent)
    : QDialog(parent)
    , m_modes(modes)
    , m_octal(new QLineEdit(this))
    , m_symbolic(plainLabel(QString(), this))
    , m_change(new QLineEdit(this))
    , m_isDeep(new QCheckBox(tr("Also what is &inside"), this))
    , m_targets(new QComboBox(this))
    , m_fileOctal(new QLineEdit(this))
    , m_isExecuteConditional(
          new QCheckBox(tr("&Execute only for folders, and files that are programs already"), this))
    , m_owners(new OwnerFields(this))
    , m_preview(plainLabel(QString(), this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Apply | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("permissionsDialog"));
    setAccessibleName(tr("Permissions"));
    setWindowTitle(tr("Permissions"));

    auto *title = plainLabel(subject, this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    title->setWordWrap(true);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addLayout(createSwitches());
    layout->addLayout(createTexts());
    layout->addWidget(m_owners);
    layout->addWidget(createContents(contents));
    layout->addWidget(m_preview);
    layout->addStretch();
    layout->addWidget(m_buttons);

    QPushButton *apply = m_buttons->button(QDialogButtonBox::Apply);
    apply->setObjectName(QStringLiteral("permissionsApply"));
    apply->setDefault(true);
    m_buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("permissionsCancel"));
    connect(apply, &QPushButton::clicked, this, &PermissionsDialog::apply);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_owners->hide();
    connect(m_owners, &OwnerFields::edited, this, &PermissionsDialog::updateApply);
    m_preview->setObjectName(QStringLiteral("permissionsPreview"));
    m_preview->setForegroundRole(QPalette::PlaceholderText);
    m_preview->hide();
    showModes(modes);
    m_octal->selectAll();
    m_octal->setFocus();
}

QGridLayout *PermissionsDialog::createSwitches()
{
    const std::array classNames{tr("Owner"), tr("Group"), tr("Others")};
    const std::array accessNames{tr("Read"), tr("Write"), tr("Execute")};
    const std::array specialNames{tr("Set user ID"), tr("Set group ID"), tr("Sticky")};
    const std::array classIds{QStringLiteral("owner"), QStringLiteral("group"),
                              QStringLiteral("other")};
    const std::array accessIds{QStringLiteral("Read"), QStringLiteral("Write"),
                               QStringLiteral("Execute")};
    const std::array specialIds{QStringLiteral("setUserId"), QStringLiteral("setGroupId"),
                                QStringLiteral("sticky")};
    const int lastColumn = static_cast<int>(accesses.size()) + 1;

    auto *grid = new QGridLayout;
    std::size_t next = 0;
    for (const Who who : classes) {
        const std::size_t w = indexOf(who);
        const int row = static_cast<int>(w);
        grid->addWidget(plainLabel(classNames[w], this), row, 0);
        for (const Access access : accesses) {
            const std::size_t a = indexOf(access);
            m_switches[next] = createSwitch(FileMode::bit(who, access), classIds[w] + accessIds[a],
                                            tr("%1: %2").arg(classNames[w], accessNames[a]));
            m_switches[next].box->setText(accessNames[a]);
            grid->addWidget(m_switches[next++].box, row, static_cast<int>(a) + 1);
        }
        const Special special = specials[w];
        m_switches[next] = createSwitch(FileMode::bit(special), specialIds[w], specialNames[w]);
        m_switches[next].box->setText(specialNames[w]);
        grid->addWidget(m_switches[next++].box, row, lastColumn);
    }
    grid->setHorizontalSpacing(fontMetrics().averageCharWidth() * 2);
    return grid;
}

QFormLayout *PermissionsDialog::createTexts()
{
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_octal->setObjectName(QStringLiteral("permissionsOctal"));
    m_octal->setAccessibleName(tr("Octal mode"));
    m_octal->setValidator(octalValidator(m_octal));
    m_octal->setFont(fixed);
    m_octal->setMaximumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 16);
    m_symbolic->setObjectName(QStringLiteral("permissionsSymbolic"));
    m_symbolic->setFont(fixed);
    connect(m_octal, &QLineEdit::textEdited, this, &PermissionsDialog::handleOctal);

    auto *label = new QLabel(tr("O&ctal:"), this);
    label->setBuddy(m_octal);
    auto *row = new QHBoxLayout;
    row->addWidget(m_octal);
    row->addWidget(m_symbolic, 1);
    auto *form = new QFormLayout;
    form->addRow(label, row);
    m_change->setObjectName(QStringLiteral("permissionsChange"));
    m_change->setFont(fixed);
    m_change->setPlaceholderText(QStringLiteral("u+x,g-w"));
    m_change->setToolTip(
        tr("A change as chmod takes it, for each file from what it has. X is x for "
           "folders and programs alone."));
    connect(m_change, &QLineEdit::textEdited, this, &PermissionsDialog::handleChange);
    auto *changeLabel = new QLabel(tr("C&hange:"), this);
    changeLabel->setBuddy(m_change);
    form->addRow(changeLabel, m_change);
    alignLabels({label, changeLabel});
    return form;
}

// Two forms below one another that look like one.
void PermissionsDialog::alignLabels(QList<QLabel *> labels)
{
    labels += m_owners->labels();
    int width = 0;
    for (QLabel *label : labels) {
        const auto side = style()->styleHint(QStyle::SH_FormLayoutLabelAlignment);
        label->setAlignment(Qt::Alignment(side) | Qt::AlignVCenter);
        width = std::max(width, label->sizeHint().width());
    }
    for (QLabel *label : labels) {
        label->setMinimumWidth(width);
    }
}

QWidget *PermissionsDialog::createContents(Contents contents)
{
    m_isDeep->setObjectName(QStringLiteral("permissionsInside"));
    m_targets->setObjectName(QStringLiteral("permissionsTargets"));
    m_targets->setAccessibleName(tr("What gets the permissions"));
    m_targets->addItem(tr("Files and folders"), QVariant::fromValue(Targets::All));
    m_targets->addItem(tr("Folders only"), QVariant::fromValue(Targets::Folders));
    m_targets->addItem(tr("Files only"), QVariant::fromValue(Targets::Files));
    m_isExecuteConditional->setObjectName(QStringLiteral("permissionsConditional"));
    m_isExecuteConditional->setChecked(true);
    m_fileOctal->setObjectName(QStringLiteral("permissionsFileOctal"));
    m_fileOctal->setAccessibleName(tr("Octal mode of files"));
    m_fileOctal->setPlaceholderText(tr("the same"));
    m_fileOctal->setValidator(octalValidator(m_fileOctal));
    m_fileOctal->setMaximumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 16);
    connect(m_fileOctal, &QLineEdit::textChanged, this, &PermissionsDialog::updateApply);
    connect(m_isDeep, &QCheckBox::toggled, this, &PermissionsDialog::updateApply);
    auto *row = new QHBoxLayout;
    row->addWidget(m_isDeep);
    row->addWidget(m_targets);
    row->addStretch();
    auto *fileLabel = new QLabel(tr("Fi&les get:"), this);
    fileLabel->setBuddy(m_fileOctal);
    row->addWidget(fileLabel);
    row->addWidget(m_fileOctal);
    auto *frame = new QWidget(this);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_isExecuteConditional);
    frame->setVisible(contents == Contents::MayFollow);
    return frame;
}

PermissionsDialog::Switch PermissionsDialog::createSwitch(quint32 bit, const QString &objectName,
                                                          const QString &accessibleName)
{
    auto *box = new QCheckBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(accessibleName);
    connect(box, &QCheckBox::checkStateChanged, this, [this] {
        m_change->clear(); // the switches hold now
        updateTexts();
    });
    return {bit, box};
}

void PermissionsDialog::showModes(const QList<FileMode> &modes)
{
    for (const Switch &bit : m_switches) {
        const auto on = std::count_if(modes.begin(), modes.end(), [&bit](FileMode mode) {
            return (mode.bits() & bit.bit) != 0;
        });
        const bool isMixedBit = on != 0 && on != modes.size();
        const QSignalBlocker quiet(bit.box);
        bit.box->setTristate(isMixedBit);
        bit.box->setCheckState(isMixedBit    ? Qt::PartiallyChecked
                                   : on != 0 ? Qt::Checked
                                             : Qt::Unchecked);
    }
    updateTexts();
}

void PermissionsDialog::setEntries(const QList<files::FileEntry> &entries,
                                   OwnerFields::Lookup lookup)
{
    m_entries = entries;
    m_owners->setEntries(entries, std::move(lookup));
    m_owners->show();
    m_preview->show();
    updateApply();
}

void PermissionsDialog::apply()
{
    m_owners->resolve([this](const files::OwnerIds &owners) { applyWith(owners); });
}

void PermissionsDialog::applyWith(const files::OwnerIds &owners)
{
    files::AttributeChange wanted = m_isDeep->isChecked() ? treeChange() : change();
    wanted.userId = owners.userId;
    wanted.groupId = owners.groupId;
    if (m_isDeep->isChecked()) {
        emit appliedToTrees(wanted);
    } else {
        emit applied(wanted);
    }
    accept();
}

files::AttributeChange PermissionsDialog::change() const
{
    files::AttributeChange change;
    change.directories = change.others = mask();
    change.symbolic = typedChange();
    return change;
}

std::optional<files::ModeChange> PermissionsDialog::typedChange() const
{
    const auto parsed = files::ModeChange::parse(m_change->text());
    return parsed && !m_change->text().isEmpty() ? std::optional(*parsed) : std::nullopt;
}

// Switches and digits show what would come of it.
void PermissionsDialog::handleChange(const QString &text)
{
    const auto typed = typedChange();
    if (text.isEmpty() || typed) {
        QList<FileMode> modes;
        for (qsizetype i = 0; i < m_modes.size(); ++i) {
            const bool isFolder = i < m_entries.size()
                && m_entries[i].attributes.type() == files::FileType::Directory;
            const auto kind = isFolder ? files::FileKind::Directory : files::FileKind::Other;
            modes.append(typed ? typed->appliedTo(m_modes[i], kind) : m_modes[i]);
        }
        showModes(modes);
    }
    updateApply();
}

files::AttributeChange PermissionsDialog::treeChange() const
{
    const auto targets = m_targets->currentData().value<Targets>();
    files::AttributeChange change;
    change.directories = targets == Targets::Files ? files::ModeMask() : mask();
    change.others = targets == Targets::Folders ? files::ModeMask() : mask();
    change.isExecuteConditional = m_isExecuteConditional->isChecked();
    change.symbolic = typedChange();
    if (const auto mode = FileMode::fromOctal(m_fileOctal->text());
        mode && targets != Targets::Folders) {
        change.others = {.set = mode->bits(), .clear = ~mode->bits() & 07777};
    }
    return change;
}

files::ModeMask PermissionsDialog::mask() const
{
    files::ModeMask mask;
    for (const Switch &bit : m_switches) {
        if (bit.box->checkState() == Qt::Checked) {
            mask.set |= bit.bit;
        } else if (bit.box->checkState() == Qt::Unchecked) {
            mask.clear |= bit.bit;
        }
    }
    return mask;
}

bool PermissionsDialog::isMixed() const
{
    return std::any_of(m_switches.begin(), m_switches.end(), [](const Switch &bit) {
        return bit.box->checkState() == Qt::PartiallyChecked;
    });
}

void PermissionsDialog::handleOctal(const QString &text)
{
    m_change->clear();
    if (const auto mode = FileMode::fromOctal(text)) {
        for (const Switch &bit : m_switches) {
            const QSignalBlocker quiet(bit.box);
            bit.box->setChecked((mode->bits() & bit.bit) != 0);
        }
        m_symbolic->setText(mode->toSymbolic());
    }
    updateApply();
}

void PermissionsDialog::updateTexts()
{
    const FileMode mode(mask().set);
    m_octal->setText(isMixed() ? QString() : mode.toOctal());
    m_octal->setPlaceholderText(isMixed() ? tr("differs") : QString());
    m_symbolic->setText(isMixed() ? tr("Filled switches stay as each file has them")
                                  : mode.toSymbolic());
    updateApply();
}

bool PermissionsDialog::isAcceptable() const
{
    const bool hasFileMode = m_fileOctal->text().isEmpty() || m_fileOctal->hasAcceptableInput();
    if (m_isDeep->isChecked() && !hasFileMode) {
        return false;
    }
    if (!m_change->text().isEmpty()) {
        return typedChange().has_value();
    }
    return m_octal->hasAcceptableInput() || (m_octal->text().isEmpty() && isMixed());
}

void PermissionsDialog::updateApply()
{
    m_buttons->button(QDialogButtonBox::Apply)->setEnabled(isAcceptable());
    const bool hasOwnTargets = m_isDeep->isChecked() && m_change->text().isEmpty();
    m_targets->setEnabled(hasOwnTargets);
    m_fileOctal->setEnabled(hasOwnTargets);
    m_isExecuteConditional->setEnabled(hasOwnTargets);
    const files::AttributeChange wanted = m_isDeep->isChecked() ? treeChange() : change();
    QString preview = isAcceptable() ? changePreview(m_entries, wanted) : QString();
    if (const QString owner = m_owners->wish(); !owner.isEmpty()) {
        preview = tr("Owner: %1").arg(owner) + u'\n' + preview;
    }
    if (m_isDeep->isChecked()) {
        const bool isSame = std::ranges::none_of(m_entries, [&wanted](const auto &entry) {
            return wanted.appliedTo(entry.attributes).permissions.has_value();
        });
        preview = isSame ? tr("What is inside gets the same")
                         : preview + u'\n' + tr("and what is inside");
    }
    m_preview->setText(preview);
}

} // namespace ui
